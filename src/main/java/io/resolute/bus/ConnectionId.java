package io.resolute.bus;

/**
 * Names one client connection inside the server. No other client ever learns it, so that none can
 * address a connection that is not its own.
 *
 * @param value random; part of an event-bus address
 */
public record ConnectionId(String value) {
  /** Hides the id, so that none ends up in a log. */
  @Override
  public String toString() {
    return "ConnectionId[hidden]";
  }
}
