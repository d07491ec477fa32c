package io.resolute.client;

import org.jspecify.annotations.Nullable;

/** There is no connection: nobody answers there, or not in time. Trying again later can help. */
public sealed class ConnectFailedException extends ResoluteException
    permits ServerNotTrustedException, UnsupportedServerException {
  private static final long serialVersionUID = 1L;

  ConnectFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
