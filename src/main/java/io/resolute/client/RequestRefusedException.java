package io.resolute.client;

import io.resolute.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server has answered with an error. */
public final class RequestRefusedException extends ResoluteException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable Duration retryAfter;

  RequestRefusedException(ErrorCode code, @Nullable Duration retryAfter) {
    super("the server refuses: " + code.wireName(), null);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Returns the error's code, which tells whether to try again. */
  public ErrorCode code() {
    return code;
  }

  /** Returns after how long the same request can succeed; nothing if the server did not say. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
