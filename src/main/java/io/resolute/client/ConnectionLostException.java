package io.resolute.client;

import io.resolute.protocol.CloseCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection has ended, and with it every membership and every room that was made over it. What
 * was not answered yet may or may not have been done.
 */
public final class ConnectionLostException extends ResoluteException {
  /** The code of a connection that ended without a close frame (RFC 6455 §7.4.1). */
  public static final int NO_CLOSE_FRAME = 1006;

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  private ConnectionLostException(
      String message, int code, String reason, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.reason = reason;
  }

  /** The peer has sent a close frame, or has been sent one. */
  static ConnectionLostException closed(int code, String reason) {
    // The reason is the peer's text: the catalogue's own is the one fit to be shown.
    String known = CloseCode.of(code).map(CloseCode::reason).orElse("");
    String message = "the connection was closed with code " + code;
    return new ConnectionLostException(
        known.isEmpty() ? message : message + ": " + known, code, reason, null);
  }

  /** The connection broke. */
  static ConnectionLostException broken(String how, @Nullable Throwable cause) {
    return new ConnectionLostException("the connection is lost: " + how, NO_CLOSE_FRAME, "", cause);
  }

  /** Returns the code of the close frame; {@link #NO_CLOSE_FRAME} if there was none. */
  public int code() {
    return code;
  }

  /** Returns the catalogue's entry for the code, which tells whether to connect again. */
  public Optional<CloseCode> closeCode() {
    return CloseCode.of(code);
  }

  /** Returns the reason that the server gave: any text, possibly empty, and not to be trusted. */
  public String reason() {
    return reason;
  }
}
