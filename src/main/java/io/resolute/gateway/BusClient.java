package io.resolute.gateway;

import io.resolute.bus.Addresses;
import io.resolute.bus.ConnectionId;
import io.resolute.bus.Origin;
import io.resolute.limits.AddressLimits;
import io.resolute.protocol.CloseCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * A client on the event bus: somebody behind the bridge, or a verticle. It is told what happens at
 * an address of its own, and what it asked as the reply. To be used on its event loop alone.
 */
final class BusClient implements Connection.Client {
  /** How a client on the event bus is held up, or ended. */
  interface Gate {
    /** Takes no more from the client. */
    void pause();

    /** Goes on taking. */
    void resume();

    /** Counts what the client has sent, or was sent on its behalf. */
    void spend(int messages, long bytes);

    /** Ends the client: nobody listens at its address, or it breaks the rules again and again. */
    void expel();
  }

  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private final Gate gate;
  private final String address;
  private final MessageProducer<JsonObject> events;
  private final Connection connection;
  private final Map<Long, Message<?>> asked = new HashMap<>();
  private boolean gone;
  private long lastAsk = Origin.UNASKED;

  /** Makes a client with a connection of its own. */
  BusClient(Connection.Shared shared, Gate gate, AddressLimits.Ticket ticket) {
    this.gate = gate;
    // Not the connection's id, at which its rooms reach it and which nobody outside may know.
    this.address = Addresses.ofConnection(new ConnectionId(shared.random().next()));
    this.events = shared.bus().sender(address, LOCAL);
    this.connection = new Connection(shared, this, ticket);
  }

  /** Takes one packet, in a message that may ask for the answer to it. */
  void receive(Message<?> message) {
    if (gone) {
      giveUp(message);
      return;
    }
    long ask = Origin.UNASKED;
    if (message.replyAddress() != null) {
      ask = ++lastAsk;
      asked.put(ask, message);
    }
    connection.receive(json(message.body()), ask);
  }

  private static byte[] json(Object body) {
    try {
      return Json.encodeToBuffer(body).getBytes();
    } catch (EncodeException notJson) {
      return new byte[0]; // Which is no packet either.
    }
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public void send(byte[] text) {
    events.write(packet(text)).onFailure(nobody -> gate.expel());
  }

  @Override
  public void answer(byte[] text, long ask) {
    Message<?> question = asked.remove(ask);
    if (question != null) {
      question.reply(packet(text), LOCAL);
    }
  }

  private static JsonObject packet(byte[] text) {
    return new JsonObject(Buffer.buffer(text));
  }

  @Override
  public void spend(int messages, long bytes) {
    gate.spend(messages, bytes);
  }

  @Override
  public void expel() {
    gate.expel();
  }

  @Override
  public void pause() {
    gate.pause();
  }

  @Override
  public void resume() {
    gate.resume();
  }

  /** Returns whether the client's {@code hello} was answered, so that it knows its address. */
  boolean isWelcome() {
    return connection.isWelcome();
  }

  /** Tells the rooms that the client is gone. */
  void end() {
    connection.end();
    giveUp();
  }

  /** Forgets the client, where the rooms end too. */
  void detach() {
    connection.detach();
    giveUp();
  }

  private void giveUp() {
    gone = true;
    asked.values().forEach(BusClient::giveUp);
    asked.clear();
  }

  /** Fails what a client that is gone has asked. */
  static void giveUp(Message<?> question) {
    question.fail(CloseCode.GOING_AWAY.code(), "disconnected");
  }
}
