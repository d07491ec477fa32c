package io.resolute.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.bus.Addresses;
import io.resolute.bus.ConnectionId;
import io.resolute.bus.LocalCodec;
import io.resolute.bus.Origin;
import io.resolute.bus.OutboundFrame;
import io.resolute.bus.Parcel;
import io.resolute.bus.RoomCommand;
import io.resolute.bus.RoomCommands;
import io.resolute.bus.Shards;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.ServerPacketDecoder;
import io.resolute.protocol.ServerPacketDecoder.MalformedFrameException;
import io.resolute.protocol.UserId;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a gateway does for one client, seen by a test that waits for each frame. */
final class Inbox {
  /** How many shards rooms are spread over here. */
  static final int SHARDS = 2;

  private final Vertx vertx;
  private final ConnectionId connection;
  private final UserId user;
  private final BlockingQueue<OutboundFrame> frames = new LinkedBlockingQueue<>();
  private final AtomicInteger settled = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();

  Inbox(Vertx vertx, String name) {
    this.vertx = vertx;
    this.connection = People.connection(name);
    this.user = People.user(name);
    vertx
        .eventBus()
        .localConsumer(
            Addresses.ofConnection(connection), (Message<Parcel> message) -> take(message.body()));
  }

  private void take(Parcel parcel) {
    frames.addAll(parcel.frames());
    sent.addAndGet(parcel.sent());
    settled.addAndGet(parcel.settled());
  }

  /** Returns the weight of the requests that were carried out. */
  int settled() {
    return settled.get();
  }

  /** Returns how many bytes were sent because of the requests that were carried out. */
  long sent() {
    return sent.get();
  }

  UserId user() {
    return user;
  }

  void ask(RoomId room, ClientPacket.ForRoom packet) {
    tell(room, request(room, packet));
  }

  void ask(ClientPacket.InRoom packet) {
    ask(packet.room(), packet);
  }

  void end(RoomId room) {
    tell(room, disconnect(room));
  }

  /** Asks for something in the turn in which the connection ends. */
  void askAndEnd(ClientPacket.InRoom packet) {
    RoomId room = packet.room();
    tell(room, request(room, packet), disconnect(room));
  }

  private RoomCommand request(RoomId room, ClientPacket.ForRoom packet) {
    return new RoomCommand.Request(new Origin(connection, user, "7"), room, packet);
  }

  private RoomCommand disconnect(RoomId room) {
    return new RoomCommand.Disconnect(room, user);
  }

  private void tell(RoomId room, RoomCommand... commands) {
    RoomCommands turn = new RoomCommands(List.of(commands));
    vertx.eventBus().send(new Shards(SHARDS).addressOf(room), turn, LocalCodec.TO_ROOM);
  }

  /** Waits for the next frame. */
  OutboundFrame nextFrame() throws InterruptedException {
    OutboundFrame frame = frames.poll(10, TimeUnit.SECONDS);
    assertThat(frame).as("a frame for %s", user).isNotNull();
    return frame;
  }

  /** Waits for the next packet, which must be of {@code type}. */
  <T extends ServerPacket> T next(Class<T> type)
      throws InterruptedException, MalformedFrameException {
    ServerPacket packet = read(nextFrame());
    assertThat(packet).isInstanceOf(type);
    return type.cast(packet);
  }

  static ServerPacket read(OutboundFrame frame) throws MalformedFrameException {
    String text = new String(frame.text(), StandardCharsets.UTF_8);
    return new ServerPacketDecoder().decode(text).orElseThrow().packet();
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }
}
