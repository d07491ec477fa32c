package io.resolute.client.cli;

import io.resolute.client.ConnectFailedException;

/** No connection could be made; the message says where to, why, and what can be done. */
final class NotConnectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ConnectFailedException cause;

  NotConnectedException(String message, ConnectFailedException cause) {
    super(message, cause);
    this.cause = cause;
  }

  /** Returns what the library failed with. */
  ConnectFailedException cause() {
    return cause;
  }
}
