package io.resolute.client;

/**
 * The server's certificate is not one that {@link Trust} accepts: the server is another one than it
 * should be, somebody is in between, or its certificate was replaced. Nothing has been sent to it.
 */
public final class ServerNotTrustedException extends ConnectFailedException {
  private static final long serialVersionUID = 1L;

  ServerNotTrustedException(Throwable cause) {
    super("the server's certificate is not trusted", cause);
  }
}
