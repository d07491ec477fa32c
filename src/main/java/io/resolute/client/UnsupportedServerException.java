package io.resolute.client;

import org.jspecify.annotations.Nullable;

/** Something answers there, and it is not a server of this protocol in a version known here. */
public final class UnsupportedServerException extends ConnectFailedException {
  private static final long serialVersionUID = 1L;

  UnsupportedServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
