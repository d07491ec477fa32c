package io.resolute.gateway;

import io.resolute.bus.Addresses;
import io.resolute.bus.Batches;
import io.resolute.bus.ConnectionId;
import io.resolute.bus.Origin;
import io.resolute.bus.OutboundFrame;
import io.resolute.bus.Parcel;
import io.resolute.bus.RoomCommand;
import io.resolute.bus.Shards;
import io.resolute.config.LimitsConfig;
import io.resolute.config.RateConfig;
import io.resolute.config.RatesConfig;
import io.resolute.config.ServerConfig;
import io.resolute.limits.AddressLimits;
import io.resolute.limits.Conduct;
import io.resolute.protocol.ClientFrame;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.ClientPacketDecoder;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.PacketJson;
import io.resolute.protocol.PacketLimits;
import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.UserId;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.impl.MessageConsumerImpl;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One client: sends what it asks to the rooms, and gives it what arrives at its own address.
 *
 * <p>Counts, a room, what the connection has got into or is on its way into, because those rooms
 * must be told when it ends; and the weight of what is under way. To be used on its event loop
 * alone.
 */
final class Connection implements Clients.Session {
  private static final String EVENT_BUS = "event-bus";

  /**
   * What the connections of one gateway share.
   *
   * @param toRooms what they send to rooms
   * @param shards where the rooms are
   * @param message bytes of one packet
   * @param rates how fast a connection may go
   * @param advertised the limits that {@code hello} tells
   * @param features the optional parts of this server that {@code hello} tells
   */
  record Shared(
      EventBus bus,
      Batches<String, List<RoomCommand>> toRooms,
      Shards shards,
      ClientPacketDecoder decoder,
      RandomTokens random,
      int message,
      int roomsPerConnection,
      RatesConfig rates,
      SortedMap<String, Long> advertised,
      List<String> features) {

    static Shared of(Vertx vertx, ServerConfig config, RandomTokens random) {
      LimitsConfig limits = config.limits();
      PacketLimits packets = new PacketLimits(limits.name(), limits.username(), limits.publicKey());
      return new Shared(
          vertx.eventBus(),
          Batches.toRooms(vertx),
          new Shards(config.instances().rooms()),
          new ClientPacketDecoder(packets, random),
          random,
          limits.message(),
          limits.roomsPerConnection(),
          config.rates(),
          advertised(config),
          config.eventBus().enabled() ? List.of(EVENT_BUS) : List.of());
    }

    /** The same, for connections that may go as fast as they can. */
    Shared unhurried() {
      return new Shared(
          bus,
          toRooms,
          shards,
          decoder,
          random,
          message,
          roomsPerConnection,
          RatesConfig.unlimited(),
          advertised,
          features);
    }

    private static SortedMap<String, Long> advertised(ServerConfig config) {
      LimitsConfig limits = config.limits();
      RatesConfig rates = config.rates();
      SortedMap<String, Long> advertised =
          new TreeMap<>(
              Map.of(
                  "message", (long) limits.message(),
                  "name", (long) limits.name(),
                  "username", (long) limits.username(),
                  "public_key", (long) limits.publicKey(),
                  "rooms_per_connection", (long) limits.roomsPerConnection(),
                  "members_per_room", (long) limits.membersPerRoom(),
                  "one_time_keys_per_room", (long) limits.oneTimeKeysPerRoom()));
      advertise(advertised, "commands_per_minute", rates.commands());
      advertise(advertised, "messages_per_minute", rates.messages());
      advertise(advertised, "bytes_per_minute", rates.bytes());
      return advertised;
    }

    private static void advertise(SortedMap<String, Long> all, String name, RateConfig rate) {
      if (rate.isLimited()) {
        all.put(name, rate.perMinute());
      }
    }
  }

  /** The other side of a connection. */
  interface Client {
    /** Takes a text message for the client, in UTF-8, of which it keeps no more than a copy. */
    void send(byte[] text);

    /** Takes the same where no join key is in it, so that copies of it may stay. */
    default void sendOpen(byte[] text) {
      send(text);
    }

    /**
     * Takes the answer to what the client has asked on the event bus.
     *
     * @param ask the number that came with the question
     */
    default void answer(byte[] text, long ask) {
      send(text);
    }

    /** Returns where the client is told what happens on the event bus; null if it is not there. */
    default @Nullable String address() {
      return null;
    }

    /**
     * Counts what the client has sent, or was sent on its behalf; it is not read from before that
     * is paid for.
     *
     * @param messages how many
     * @param bytes of what else
     */
    void spend(int messages, long bytes);

    /** Ends the client, which breaks the rules again and again. */
    void expel();

    /** Stops reading what the client sends. */
    void pause();

    /** Goes on reading, what came in meanwhile first. */
    void resume();
  }

  private final Shared shared;
  private final Client client;
  private final ConnectionId id;
  private final UserId user;
  private final MessageConsumer<Parcel> consumer;
  private final Conduct conduct;
  private final AddressLimits.Ticket ticket;
  private final Map<RoomId, Integer> rooms = new HashMap<>();
  private boolean welcome;
  private boolean ended;
  private int held;
  private int underWay;

  /**
   * Makes a connection that can be reached at its address from here on.
   *
   * @param client the other side
   * @param ticket its place among those of its address
   */
  Connection(Shared shared, Client client, AddressLimits.Ticket ticket) {
    this.shared = shared;
    this.client = client;
    this.ticket = ticket;
    this.conduct = new Conduct(shared.rates(), System::nanoTime);
    this.id = new ConnectionId(shared.random().next());
    this.user = shared.random().userId();
    this.consumer = shared.bus().localConsumer(Addresses.ofConnection(id), this::deliver);
    // What is under way when a connection ends comes too late; Vert.x would log its address.
    ((MessageConsumerImpl<Parcel>) consumer).discardHandler(late -> late.body().wipe());
  }

  /**
   * Takes one text message of the client.
   *
   * @param text well-formed UTF-8, overwritten: a join key may be in it
   */
  @Override
  public void receive(byte[] text) {
    receive(text, Origin.UNASKED);
  }

  /**
   * Takes one packet of the client.
   *
   * @param text well-formed UTF-8, overwritten
   * @param ask a number of the client's that the answer comes with
   */
  void receive(byte[] text, long ask) {
    try {
      take(text, ask);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private void take(byte[] text, long ask) {
    if (ended) {
      return; // On its way when the client went: nobody would ever end what it began.
    }
    if (text.length > shared.message()) { // Of a verticle: no socket takes that much.
      String msg = "the packet is longer than a message may be";
      refuse(
          new ServerPacket.Failure(null, ErrorCode.TOO_LARGE, msg),
          new Origin(id, user, null, ask));
      return;
    }
    ClientFrame frame = shared.decoder().decode(text);
    Origin origin = new Origin(id, user, frame.id(), ask);
    if (frame instanceof ClientFrame.Request request) {
      perform(request.packet(), origin);
    } else if (frame instanceof ClientFrame.Refused refused) {
      refuse(refused.failure(), origin);
    }
  }

  private void perform(ClientPacket request, Origin origin) {
    Duration early = untilAllowed(request);
    if (!early.isZero()) {
      String msg = "too many requests in too short a time";
      refuse(ServerPacket.Failure.tooEarly(request.command(), msg, early), origin);
    } else if (request instanceof ClientPacket.ForRoom packet) {
      forward(packet, origin);
    } else {
      welcome = true;
      answer(
          new ServerPacket.Welcome(
              PacketJson.VERSION, user, shared.advertised(), shared.features(), client.address()),
          origin);
    }
  }

  /** Returns whether the client has said hello in a version that the server speaks. */
  boolean isWelcome() {
    return welcome;
  }

  /** Returns how long a request comes too early; zero if it may be carried out. */
  private Duration untilAllowed(ClientPacket request) {
    if (request instanceof ClientPacket.SendMessage) {
      client.spend(1, 0);
      return Duration.ZERO;
    }
    Duration early = conduct.request();
    if (!early.isZero()) {
      return early;
    }
    if (request instanceof ClientPacket.JoinRoom) {
      return conduct.untilJoin();
    }
    return request instanceof ClientPacket.CreateRoom ? ticket.makeRoom() : Duration.ZERO;
  }

  private void refuse(ServerPacket.Failure failure, Origin origin) {
    answer(failure, origin);
    countError();
  }

  private void countError() {
    if (conduct.erredTooOften()) {
      client.expel();
    }
  }

  private void forward(ClientPacket.ForRoom packet, Origin origin) {
    RoomId room =
        packet instanceof ClientPacket.InRoom inRoom ? inRoom.room() : shared.random().roomId();
    if (packet.enters() && !hold(room)) {
      String msg = "you are in as many rooms as one connection may be in";
      refuse(new ServerPacket.Failure(packet.command(), ErrorCode.LIMIT_REACHED, msg), origin);
      return;
    }
    tell(room, new RoomCommand.Request(origin, room, packet));
    underWay += packet.weight();
    if (underWay >= ClientPacket.MAX_WEIGHT) {
      client.pause(); // What is read faster than it is carried out would pile up in memory.
    }
  }

  private void tell(RoomId room, RoomCommand command) {
    shared.toRooms().of(shared.shards().addressOf(room)).add(command);
  }

  private void answer(ServerPacket packet, Origin origin) {
    byte[] text = PacketJson.encode(packet, origin.requestId());
    pass(OutboundFrame.message(text, origin.ask(), null));
  }

  private void pass(OutboundFrame frame) {
    if (frame.ask() != Origin.UNASKED) {
      client.answer(frame.text(), frame.ask());
    } else if (frame.secret()) {
      client.send(frame.text());
    } else {
      client.sendOpen(frame.text());
    }
  }

  private void deliver(Message<Parcel> message) {
    Parcel parcel = message.body();
    try {
      parcel.frames().forEach(this::deliver);
    } finally { // Whatever became of the frames: their keys go, and the client is read again.
      parcel.wipe();
      if (parcel.settled() > 0) {
        settle(parcel);
      }
    }
  }

  private void deliver(OutboundFrame frame) {
    if (frame.released() != null) {
      release(frame.released());
    }
    pass(frame);
  }

  private void settle(Parcel parcel) {
    client.spend(0, parcel.sent());
    for (ErrorCode refusal : parcel.refused()) {
      if (refusal == ErrorCode.BAD_KEY) {
        conduct.joinFailed();
      }
      countError();
    }
    boolean wasFull = underWay >= ClientPacket.MAX_WEIGHT;
    underWay -= parcel.settled();
    if (wasFull && underWay < ClientPacket.MAX_WEIGHT) {
      client.resume();
    }
  }

  private boolean hold(RoomId room) {
    // Who is in the room already is told so by the room, at the limit too.
    if (held >= shared.roomsPerConnection() && !rooms.containsKey(room)) {
      return false;
    }
    held++;
    rooms.merge(room, 1, Integer::sum);
    return true;
  }

  private void release(RoomId room) {
    if (rooms.containsKey(room)) {
      held--;
      rooms.computeIfPresent(room, (id, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Stops taking frames, and tells the rooms that the client is gone. */
  @Override
  public void end() {
    detach();
    for (RoomId room : rooms.keySet()) {
      tell(room, new RoomCommand.Disconnect(room, user));
    }
    rooms.clear();
  }

  /** Stops taking frames, where the rooms end too and nobody need be told. */
  @Override
  public void detach() {
    ended = true;
    consumer.unregister();
  }
}
