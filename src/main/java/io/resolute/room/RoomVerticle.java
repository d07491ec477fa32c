package io.resolute.room;

import io.resolute.bus.Addresses;
import io.resolute.bus.Batches;
import io.resolute.bus.ConnectionId;
import io.resolute.bus.Failures;
import io.resolute.bus.KeyCommand;
import io.resolute.bus.KeyReply;
import io.resolute.bus.LocalCodec;
import io.resolute.bus.OutboundFrame;
import io.resolute.bus.Parcel;
import io.resolute.bus.RoomCommand;
import io.resolute.bus.RoomCommands;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.PacketJson;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the rooms of one shard: takes {@link RoomCommand}s, asks {@link Rooms} what follows, asks
 * the keeper of join keys where a key is involved, and sends what is to be delivered.
 */
public final class RoomVerticle extends VerticleBase
    implements RoomCommand.Visitor, ClientPacket.Visitor<RoomCommand.Request> {
  private static final Logger LOG = LoggerFactory.getLogger(RoomVerticle.class);
  private static final Duration EXPIRY_CHECK = Duration.ofSeconds(1);

  private final int shard;
  private final Rooms rooms;

  @SuppressWarnings("NullAway.Init") // Vert.x calls start() before anything else.
  private Batches<ConnectionId, Parcel.Builder> outgoing;

  /** Makes the verticle for {@code shard}, whose rooms are all in {@code rooms}. */
  public RoomVerticle(int shard, Rooms rooms) {
    this.shard = shard;
    this.rooms = rooms;
  }

  @Override
  public Future<?> start() {
    outgoing = Batches.toConnections(vertx);
    vertx.setPeriodic(EXPIRY_CHECK.toMillis(), timer -> expire());
    MessageConsumer<RoomCommands> consumer =
        vertx.eventBus().localConsumer(Addresses.ofRoomShard(shard), this::handle);
    return consumer.completion();
  }

  private void handle(Message<RoomCommands> message) {
    for (RoomCommand command : message.body().commands()) {
      try {
        command.accept(this);
      } catch (RuntimeException e) { // Those behind it are of others.
        LOG.error("A command failed: {}", Failures.describe(e));
      }
    }
  }

  @Override
  public void request(RoomCommand.Request request) {
    try {
      request.packet().accept(this, request);
    } catch (RuntimeException e) {
      LOG.error("A request failed: {}", Failures.describe(e));
      answer(request, unavailable(request));
    }
  }

  @Override
  public void disconnect(RoomCommand.Disconnect command) {
    var unused = step(command.room(), () -> rooms.disconnect(command.room(), command.user()));
  }

  @Override
  public void createRoom(ClientPacket.CreateRoom packet, RoomCommand.Request request) {
    answer(request, rooms.create(request.origin(), request.room(), packet));
  }

  @Override
  public void joinRoom(ClientPacket.JoinRoom packet, RoomCommand.Request request) {
    Rooms.Seat seat = rooms.reserve(request.origin(), packet.room());
    if (seat == Rooms.Seat.TAKEN) {
      answer(request, rooms.refuseTaken(request.origin(), packet));
      return;
    }
    // Asked for a room that does not exist too, so that both answers take the same time.
    boolean consume = seat == Rooms.Seat.KEPT;
    ask(new KeyCommand.Redeem(packet.room(), packet.kind(), packet.key(), consume))
        .map(reply -> rooms.admit(request.origin(), packet, seat, reply instanceof KeyReply.Done))
        .onSuccess(deliveries -> answer(request, deliveries))
        .onFailure(
            e -> {
              LOG.error("A join failed: {}", Failures.describe(e));
              answer(request, rooms.abandon(request.origin(), packet, seat));
            });
  }

  @Override
  public void issueKey(ClientPacket.IssueKey packet, RoomCommand.Request request) {
    asOwner(
        packet,
        request,
        new KeyCommand.Issue(packet.room(), packet.kind()),
        reply ->
            reply instanceof KeyReply.Issued issued
                ? new ServerPacket.KeyIssued(packet.room(), packet.kind(), issued.key())
                : Refusals.tooManyKeys(packet.command(), packet.room()));
  }

  @Override
  public void resetKeys(ClientPacket.ResetKeys packet, RoomCommand.Request request) {
    asOwner(
        packet,
        request,
        new KeyCommand.Reset(packet.room()),
        reply -> new ServerPacket.Done(packet.command(), packet.room()));
  }

  @Override
  public void sendMessage(ClientPacket.SendMessage packet, RoomCommand.Request request) {
    answer(request, rooms.send(request.origin(), packet));
  }

  @Override
  public void listMembers(ClientPacket.ListMembers packet, RoomCommand.Request request) {
    answer(request, rooms.list(request.origin(), packet));
  }

  @Override
  public void leaveRoom(ClientPacket.LeaveRoom packet, RoomCommand.Request request) {
    settle(request, step(packet.room(), () -> rooms.leave(request.origin(), packet)));
  }

  @Override
  public void closeRoom(ClientPacket.CloseRoom packet, RoomCommand.Request request) {
    settle(request, step(packet.room(), () -> rooms.close(request.origin(), packet)));
  }

  private void expire() {
    for (RoomId room : rooms.expired()) {
      var unused = step(room, () -> rooms.expire(room));
    }
  }

  /**
   * Asks about the keys of a room on behalf of its owner, who must still be that when it is told.
   */
  private void asOwner(
      ClientPacket.InRoom packet,
      RoomCommand.Request request,
      KeyCommand command,
      Function<KeyReply, ServerPacket> answer) {
    Optional<ServerPacket.Failure> refusal = rooms.refuseUnlessOwner(request.origin(), packet);
    if (refusal.isPresent()) {
      answer(request, List.of(Delivery.reply(request.origin(), refusal.get())));
      return;
    }
    ask(command)
        .map(
            reply ->
                rooms
                    .refuseUnlessOwner(request.origin(), packet)
                    .<ServerPacket>map(gone -> withhold(reply, gone))
                    .orElseGet(() -> answer.apply(reply)))
        .onSuccess(reply -> answer(request, List.of(Delivery.reply(request.origin(), reply))))
        .onFailure(
            e -> {
              LOG.error("A request about keys failed: {}", Failures.describe(e));
              answer(request, unavailable(request));
            });
  }

  private static ServerPacket withhold(KeyReply reply, ServerPacket.Failure why) {
    if (reply instanceof KeyReply.Issued issued) {
      issued.key().wipe();
    }
    return why;
  }

  private Future<KeyReply> ask(KeyCommand command) {
    return vertx
        .eventBus()
        .<KeyReply>request(Addresses.ofKeyShard(shard), command, LocalCodec.TO_KEYS)
        .map(Message::body);
  }

  /** Does something that may be the end of a room, and has its keys forgotten if it was. */
  private Sent step(RoomId room, Supplier<List<Delivery>> step) {
    boolean existed = rooms.contains(room);
    Sent sent = deliver(step.get());
    if (existed && !rooms.contains(room)) {
      vertx
          .eventBus()
          .send(Addresses.ofKeyShard(shard), new KeyCommand.Forget(room), LocalCodec.TO_KEYS);
    }
    return sent;
  }

  private void answer(RoomCommand.Request request, List<Delivery> deliveries) {
    settle(request, deliver(deliveries));
  }

  private void settle(RoomCommand.Request request, Sent sent) {
    ConnectionId connection = request.origin().connection();
    Parcel.Builder parcel =
        outgoing.inTime(connection).settle(request.packet().weight(), sent.bytes(), sent.refusal());
    if (!parcel.canWait()) {
      outgoing.of(connection);
    }
  }

  /**
   * What was delivered.
   *
   * @param refusal the error among it; null if there was none
   */
  private record Sent(long bytes, @Nullable ErrorCode refusal) {}

  private Sent deliver(List<Delivery> deliveries) {
    long bytes = 0;
    ErrorCode refusal = null;
    for (Delivery delivery : deliveries) {
      if (delivery.to().isEmpty()) {
        continue;
      }
      byte[] text = PacketJson.encode(delivery.packet(), delivery.requestId());
      OutboundFrame frame;
      if (delivery.packet() instanceof ServerPacket.KeyIssued issued) {
        issued.key().wipe();
        frame = OutboundFrame.secret(text, delivery.ask());
      } else {
        frame = OutboundFrame.message(text, delivery.ask(), delivery.released());
      }
      for (ConnectionId to : delivery.to()) {
        outgoing.of(to).add(frame);
      }
      bytes += (long) text.length * delivery.to().size();
      if (delivery.packet() instanceof ServerPacket.Failure failure) {
        refusal = failure.code();
      }
    }
    return new Sent(bytes, refusal);
  }

  private static List<Delivery> unavailable(RoomCommand.Request request) {
    ServerPacket failure = Refusals.unavailable(request.packet().command());
    Delivery reply = Delivery.reply(request.origin(), failure);
    return List.of(request.packet().enters() ? reply.releasing(request.room()) : reply);
  }
}
