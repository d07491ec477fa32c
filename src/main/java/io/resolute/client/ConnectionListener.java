package io.resolute.client;

/** Told when a connection ends. */
@FunctionalInterface
public interface ConnectionListener {
  /**
   * The connection has ended without {@link ResoluteClient#close} having been called; called once,
   * on the thread of the {@link RoomListener}s and after all their events. The client is of no use
   * any more, and neither is any room of it.
   */
  void connectionLost(ConnectionLostException why);
}
