package io.resolute.protocol;

import java.util.Optional;

/** Every error that the server answers with. {@code Client-API.md} documents the same list. */
public enum ErrorCode {
  /** The frame is not a request: no JSON object, no {@code cmd}, a repeated or ill-typed field. */
  BAD_PACKET("bad-packet", Retry.NEVER),
  /** The server does not know this {@code cmd}. */
  UNKNOWN_COMMAND("unknown-command", Retry.NEVER),
  /** The server speaks none of the versions that {@code hello} offers. */
  UNSUPPORTED_VERSION("unsupported-version", Retry.NEVER),
  /** There is no such room, or the sender is not in it. */
  NOT_FOUND("not-found", Retry.NEVER),
  /** Only the owner of the room may do this. */
  FORBIDDEN("forbidden", Retry.NEVER),
  /** The join was refused: no such room, or no such key. */
  BAD_KEY("bad-key", Retry.WITH_ANOTHER_KEY),
  /** The sender is in this room. */
  ALREADY_JOINED("already-joined", Retry.NEVER),
  /** No member of the room has the id in {@code to_user_id}. */
  NO_SUCH_MEMBER("no-such-member", Retry.NEVER),
  /** The public key is not a series of PEM blocks. */
  BAD_PUBLIC_KEY("bad-public-key", Retry.NEVER),
  /** A field is longer than the server's limit. */
  TOO_LARGE("too-large", Retry.NEVER),
  /** A number of rooms, members or keys has reached the server's limit. */
  LIMIT_REACHED("limit-reached", Retry.LATER),
  /** Too many requests in too short a time. */
  RATE_LIMITED("rate-limited", Retry.LATER),
  /** The server could not do it now. */
  UNAVAILABLE("unavailable", Retry.LATER);

  /** Whether sending the request again can help. */
  public enum Retry {
    /** The same request gets the same answer. */
    NEVER,
    /** The same request with a key that works would succeed. */
    WITH_ANOTHER_KEY,
    /** The same request may succeed after a while. */
    LATER
  }

  private final String wireName;
  private final Retry retry;

  ErrorCode(String wireName, Retry retry) {
    this.wireName = wireName;
    this.retry = retry;
  }

  /** Returns the code as it stands in an error's {@code data.code}. */
  public String wireName() {
    return wireName;
  }

  /** Returns whether sending the request again can help. */
  public Retry retry() {
    return retry;
  }

  /** Returns the code that {@code wireName} spells, or nothing for one that is not of this list. */
  public static Optional<ErrorCode> of(String wireName) {
    for (ErrorCode code : values()) {
      if (code.wireName.equals(wireName)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
