package io.resolute.gateway;

import io.resolute.limits.AddressLimits;
import io.resolute.protocol.ClientPacket;
import io.vertx.core.eventbus.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The connection of one verticle. While it has its share under way, packets wait: a verticle has no
 * socket that could be left unread, and may ask again before its last request is settled. To be
 * used on its event loop alone.
 */
final class BusGuest implements BusClient.Gate {
  // With what may be under way, as many as two shares of the lightest packets.
  private static final int MAX_WAITING = 2 * ClientPacket.MAX_WEIGHT;

  private final Deque<Message<Object>> waiting = new ArrayDeque<>();
  private final BusClient client;
  private final Consumer<BusGuest> leave;
  private boolean full;

  /**
   * Makes a connection.
   *
   * @param leave told when nobody listens at its address any more
   */
  BusGuest(Connection.Shared shared, AddressLimits.Ticket ticket, Consumer<BusGuest> leave) {
    this.leave = leave;
    this.client = new BusClient(shared, this, ticket);
  }

  BusClient client() {
    return client;
  }

  /**
   * Takes a packet, at once or when its turn has come.
   *
   * @return false if too many wait already
   */
  boolean receive(Message<Object> packet) {
    if (waiting.size() >= MAX_WAITING) {
      return false;
    }
    waiting.add(packet);
    flow();
    return true;
  }

  private void flow() {
    while (!full && !waiting.isEmpty()) {
      client.receive(waiting.remove());
    }
  }

  @Override
  public void pause() {
    full = true;
  }

  @Override
  public void resume() {
    full = false;
    flow();
  }

  /** Tells the rooms that the verticle is gone. */
  void end() {
    client.end();
    giveUp();
  }

  /** Forgets the verticle, where the rooms end too. */
  void detach() {
    client.detach();
    giveUp();
  }

  private void giveUp() {
    waiting.forEach(BusClient::giveUp);
    waiting.clear();
  }

  /** A verticle is the operator's own: nothing hurries it, and nothing holds it up. */
  @Override
  public void spend(int messages, long bytes) {}

  @Override
  public void expel() {
    leave.accept(this);
  }
}
