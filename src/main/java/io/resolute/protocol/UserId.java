package io.resolute.protocol;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names a connection to the other members of its rooms. Random, and dead with the connection.
 *
 * @param value 32 characters from {@code A–Z a–z 0–9}
 */
public record UserId(String value) {
  /**
   * Checks the form of {@code value}.
   *
   * @throws IllegalArgumentException if it has another form; the message does not quote it
   */
  public UserId {
    Token.requireForm(value, "a user id");
  }

  /** Returns the id that {@code text} spells, or nothing if it has another form. */
  public static Optional<UserId> parse(String text) {
    return Token.hasForm(text) ? Optional.of(new UserId(text)) : Optional.empty();
  }

  // Written out, as what a record brings is slower, and each message meets it.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof UserId id && value.equals(id.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Hides the id, so that none ends up in a log. */
  @Override
  public String toString() {
    return "UserId[hidden]";
  }
}
