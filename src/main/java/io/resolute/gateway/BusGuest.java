package io.resolute.gateway;

import java.util.function.Consumer;

/** The connection of one verticle. To be used on its event loop alone. */
final class BusGuest implements BusClient.Gate {
  private final BusClient client;
  private final Consumer<BusGuest> leave;
  private boolean full;

  /**
   * Makes a connection.
   *
   * @param leave told when nobody listens at its address any more
   */
  BusGuest(Connection.Shared shared, Consumer<BusGuest> leave) {
    this.leave = leave;
    this.client = new BusClient(shared, this);
  }

  BusClient client() {
    return client;
  }

  /** Returns whether the connection has as much under way as it may have. */
  boolean isFull() {
    return full;
  }

  @Override
  public void pause() {
    full = true;
  }

  @Override
  public void resume() {
    full = false;
  }

  @Override
  public void unheard() {
    leave.accept(this);
  }
}
