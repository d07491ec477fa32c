package io.resolute.gateway;

import io.resolute.bus.Addresses;
import io.resolute.bus.ConnectionId;
import io.resolute.bus.LocalCodec;
import io.resolute.bus.Origin;
import io.resolute.bus.OutboundFrame;
import io.resolute.bus.RoomCommand;
import io.resolute.protocol.ClientFrame;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.ClientPacketDecoder;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.PacketJson;
import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.UserId;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.impl.MessageConsumerImpl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client: sends what it asks to the rooms, and gives it what arrives at its own address.
 *
 * <p>Counts, a room, what the connection has got into or is on its way into, because those rooms
 * must be told when it ends. To be used on its event loop alone.
 */
final class Connection {
  /**
   * What the connections of one gateway share.
   *
   * @param advertised the limits that {@code hello} tells
   */
  record Shared(
      EventBus bus,
      ClientPacketDecoder decoder,
      RandomTokens random,
      int roomsPerConnection,
      SortedMap<String, Long> advertised) {}

  private final Shared shared;
  private final Consumer<byte[]> out;
  private final ConnectionId id;
  private final UserId user;
  private final MessageConsumer<OutboundFrame> consumer;
  private final Map<RoomId, Integer> rooms = new HashMap<>();
  private int held;

  /**
   * Makes a connection that can be reached at its address from here on.
   *
   * @param out takes each frame for the client, in UTF-8
   */
  Connection(Shared shared, Consumer<byte[]> out) {
    this.shared = shared;
    this.out = out;
    this.id = new ConnectionId(shared.random().next());
    this.user = shared.random().userId();
    this.consumer = shared.bus().localConsumer(Addresses.ofConnection(id), this::deliver);
    // What is under way when a connection ends comes too late; Vert.x would log its address.
    ((MessageConsumerImpl<OutboundFrame>) consumer).discardHandler(late -> {});
  }

  /**
   * Takes one text message of the client.
   *
   * @param text well-formed UTF-8
   */
  void receive(byte[] text) {
    ClientFrame frame = shared.decoder().decode(text);
    if (frame instanceof ClientFrame.Request request) {
      perform(request);
    } else if (frame instanceof ClientFrame.Refused refused) {
      answer(refused.failure(), refused.id());
    }
  }

  private void perform(ClientFrame.Request request) {
    if (request.packet() instanceof ClientPacket.ForRoom packet) {
      forward(packet, request.id());
    } else {
      answer(welcome(), request.id());
    }
  }

  private ServerPacket welcome() {
    return new ServerPacket.Welcome(PacketJson.VERSION, user, shared.advertised(), List.of());
  }

  private void forward(ClientPacket.ForRoom packet, @Nullable String requestId) {
    RoomId room =
        packet instanceof ClientPacket.InRoom inRoom ? inRoom.room() : shared.random().roomId();
    if (packet.enters() && !hold(room)) {
      String msg = "you are in as many rooms as one connection may be in";
      answer(new ServerPacket.Failure(packet.command(), ErrorCode.LIMIT_REACHED, msg), requestId);
      return;
    }
    Origin origin = new Origin(id, user, requestId);
    shared
        .bus()
        .send(
            Addresses.ofRoom(room),
            new RoomCommand.Request(origin, room, packet),
            LocalCodec.TO_ROOM);
  }

  private void answer(ServerPacket packet, @Nullable String requestId) {
    out.accept(PacketJson.encode(packet, requestId));
  }

  private void deliver(Message<OutboundFrame> message) {
    OutboundFrame frame = message.body();
    if (frame.released() != null) {
      release(frame.released());
    }
    out.accept(frame.text());
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
  void end() {
    detach();
    for (RoomId room : rooms.keySet()) {
      shared
          .bus()
          .send(Addresses.ofRoom(room), new RoomCommand.Disconnect(room, user), LocalCodec.TO_ROOM);
    }
    rooms.clear();
  }

  /** Stops taking frames, where the rooms end too and nobody need be told. */
  void detach() {
    consumer.unregister();
  }
}
