package io.resolute.client;

import java.time.Duration;

/** The server has not answered in time. What was asked for may or may not have been done. */
public final class RequestTimeoutException extends ResoluteException {
  private static final long serialVersionUID = 1L;

  RequestTimeoutException(Duration waited) {
    super("the server has not answered for " + waited.toMillis() + " ms", null);
  }
}
