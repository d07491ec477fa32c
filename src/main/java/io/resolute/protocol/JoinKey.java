package io.resolute.protocol;

import java.util.Optional;

/**
 * A secret that lets its holder into a room: once, or until the room's keys are reset.
 *
 * @param value 32 characters from {@code A–Z a–z 0–9}
 */
public record JoinKey(String value) {
  /**
   * Checks the form of {@code value}.
   *
   * @throws IllegalArgumentException if it has another form; the message does not quote it
   */
  public JoinKey {
    Token.requireForm(value, "a join key");
  }

  /** Returns the key that {@code text} spells, or nothing if it has another form. */
  public static Optional<JoinKey> parse(String text) {
    return Token.hasForm(text) ? Optional.of(new JoinKey(text)) : Optional.empty();
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
