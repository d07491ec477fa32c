package io.resolute.client;

/** This client is not in the room any more: it left, or the room was closed. */
public final class RoomEndedException extends ResoluteException {
  private static final long serialVersionUID = 1L;

  RoomEndedException(String message) {
    super(message, null);
  }
}
