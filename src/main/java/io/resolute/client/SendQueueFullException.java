package io.resolute.client;

/** More waits to be sent than {@link ConnectOptions} allows. Nothing of this request was sent. */
public final class SendQueueFullException extends ResoluteException {
  private static final long serialVersionUID = 1L;

  SendQueueFullException() {
    super("too much waits to be sent: the connection is slower than its user", null);
  }
}
