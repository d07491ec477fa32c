package io.resolute.gateway;

import io.resolute.bus.Addresses;
import io.resolute.config.ServerConfig;
import io.resolute.limits.AddressLimits;
import io.resolute.protocol.Command;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.PacketJson;
import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.ServerPacket.Failure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the packets of verticles in the same Vert.x, as an operator's bot sends them. A verticle
 * begins with a {@code hello}, whose answer names the address of its connection; the verticle
 * listens there, and names it in the header {@code connection} of everything that it sends. The
 * connection ends with a {@code goodbye}, or once something comes for it and nobody listens.
 */
public final class BusVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(BusVerticle.class);
  private static final String CONNECTION = "connection";
  // No command of the protocol: whoever has a socket closes that.
  private static final String GOODBYE = "goodbye";

  private final ServerConfig config;
  private final Semaphore capacity;
  private final AddressLimits addresses;
  private final RandomTokens random;
  private final Map<String, BusGuest> guests = new HashMap<>();

  @SuppressWarnings("NullAway.Init") // Vert.x calls start() before anything else.
  private Connection.Shared shared;

  /**
   * Makes the verticle.
   *
   * @param capacity how many more clients there may be; shared with the gateways
   * @param addresses counts what comes from where; shared with the gateways
   */
  public BusVerticle(
      ServerConfig config, Semaphore capacity, AddressLimits addresses, RandomTokens random) {
    this.config = config;
    this.capacity = capacity;
    this.addresses = addresses;
    this.random = random;
  }

  @Override
  public Future<?> start() {
    shared = Connection.Shared.of(vertx, config, random).unhurried();
    return vertx.eventBus().localConsumer(Addresses.packets(), this::receive).completion();
  }

  private void receive(Message<Object> message) {
    String address = message.headers().get(CONNECTION);
    if (address == null) {
      greet(message);
      return;
    }
    BusGuest guest = guests.get(address);
    if (guest == null) {
      refuse(message, ErrorCode.NOT_FOUND, "there is no such connection, any more or at all");
    } else if (isCommand(message, GOODBYE)) {
      leave(guest);
      message.reply(new JsonObject().put("cmd", GOODBYE));
    } else if (!guest.receive(message)) {
      refuse(message, ErrorCode.RATE_LIMITED, "wait for answers before you ask for more");
    }
  }

  private void greet(Message<Object> message) {
    if (!isCommand(message, Command.HELLO) || message.replyAddress() == null) {
      refuse(message, ErrorCode.BAD_PACKET, "a connection begins with request() and hello");
    } else if (!capacity.tryAcquire()) {
      refuse(message, ErrorCode.LIMIT_REACHED, "the server has too many connections");
    } else {
      BusGuest guest = new BusGuest(shared, addresses.uncounted(), this::leave);
      guests.put(guest.client().address(), guest);
      guest.receive(message);
      if (!guest.client().isWelcome()) {
        leave(guest);
      }
    }
  }

  private static boolean isCommand(Message<Object> message, String command) {
    return message.body() instanceof JsonObject packet && command.equals(packet.getValue("cmd"));
  }

  private void leave(BusGuest guest) {
    if (guests.remove(guest.client().address(), guest)) {
      capacity.release();
      guest.end();
    }
  }

  private static void refuse(Message<Object> message, ErrorCode code, String msg) {
    if (message.replyAddress() == null) {
      LOG.warn("A verticle's packet was refused: {}", msg);
    } else {
      byte[] failure = PacketJson.encode(new Failure(null, code, msg), null);
      message.reply(new JsonObject(Buffer.buffer(failure)));
    }
  }

  @Override
  public Future<?> stop() {
    guests.values().forEach(BusGuest::detach);
    capacity.release(guests.size());
    guests.clear();
    return Future.succeededFuture();
  }
}
