package io.resolute.protocol;

import java.util.Optional;

/**
 * Every code that the server ends a connection with (RFC 6455 §7.4; from 4000 on they are this
 * protocol's own). {@code Client-API.md} documents the same list.
 */
public enum CloseCode {
  /** The client closed. */
  NORMAL(1000, Reconnect.AS_NEEDED, ""),
  /** The server is shutting down or restarting. */
  GOING_AWAY(1001, Reconnect.AFTER_A_WHILE, "going away"),
  /** The client broke RFC 6455. */
  PROTOCOL_ERROR(1002, Reconnect.NEVER, "protocol error"),
  /** The client sent a binary message. */
  UNSUPPORTED_DATA(1003, Reconnect.NEVER, "text messages only"),
  /** A text message or a close reason is not UTF-8. */
  INVALID_PAYLOAD(1007, Reconnect.NEVER, "invalid UTF-8"),
  /** The client broke a rule of this protocol repeatedly. */
  POLICY_VIOLATION(1008, Reconnect.NEVER, "policy violation"),
  /** A message is longer than the server's limit. */
  MESSAGE_TOO_BIG(1009, Reconnect.NEVER, "message too big"),
  /** The server failed in a way that it did not foresee. */
  INTERNAL_ERROR(1011, Reconnect.AFTER_A_WHILE, "internal error"),
  /** The client reads too slowly: more bytes wait for it than the server's limit. */
  SLOW_CONSUMER(4000, Reconnect.AS_NEEDED, "slow consumer"),
  /** The server has as many connections as it is configured for. */
  TOO_MANY_CONNECTIONS(4001, Reconnect.AFTER_A_WHILE, "too many connections"),
  /** Nothing, not even a pong, came from the client for the configured time. */
  IDLE(4002, Reconnect.AS_NEEDED, "idle"),
  /** The address of the client has as many connections, or has opened as many, as one may. */
  TOO_MANY_FROM_ADDRESS(4003, Reconnect.AFTER_A_WHILE, "too many connections from this address");

  /** Whether a client should connect again. */
  public enum Reconnect {
    /** The next connection would end the same way. */
    NEVER,
    /** At once, if the user still wants to be connected. */
    AS_NEEDED,
    /** After some seconds, each client another number of them. */
    AFTER_A_WHILE
  }

  private final int code;
  private final Reconnect reconnect;
  private final String reason;

  CloseCode(int code, Reconnect reconnect, String reason) {
    this.code = code;
    this.reconnect = reconnect;
    this.reason = reason;
  }

  /** Returns the status code of the close frame. */
  public int code() {
    return code;
  }

  /** Returns whether a client should connect again. */
  public Reconnect reconnect() {
    return reconnect;
  }

  /** Returns the reason of the close frame, for people. */
  public String reason() {
    return reason;
  }

  /** Returns the entry for a status code, or nothing for one that is not of this list. */
  public static Optional<CloseCode> of(int code) {
    for (CloseCode entry : values()) {
      if (entry.code == code) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }
}
