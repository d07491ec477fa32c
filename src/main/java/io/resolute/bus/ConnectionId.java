package io.resolute.bus;

import java.util.Objects;

/**
 * Names one client connection inside the server. No other client ever learns it, so that none can
 * address a connection that is not its own.
 */
public final class ConnectionId {
  private final String value;
  private final String address;

  /**
   * Makes an id.
   *
   * @param value random; part of an event-bus address
   */
  public ConnectionId(String value) {
    this.value = Objects.requireNonNull(value);
    this.address = Addresses.ofConnection(value); // Made once: each frame is sent there.
  }

  /** Returns the part of an address that names the connection. */
  public String value() {
    return value;
  }

  String address() {
    return address;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof ConnectionId id && value.equals(id.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Hides the id, so that none ends up in a log. */
  @Override
  public String toString() {
    return "ConnectionId[hidden]";
  }
}
