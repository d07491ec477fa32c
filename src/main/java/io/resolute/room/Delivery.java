package io.resolute.room;

import io.resolute.bus.ConnectionId;
import io.resolute.bus.Origin;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One packet and the connections that it goes to.
 *
 * @param requestId the id of the request that it answers; null if that had none, and for an event
 * @param ask which question on the event bus it answers; {@link Origin#UNASKED} for others
 * @param released the room that the recipients are no longer in, or did not get into; null if
 *     nothing of that changes
 */
public record Delivery(
    List<ConnectionId> to,
    @Nullable String requestId,
    long ask,
    ServerPacket packet,
    @Nullable RoomId released) {

  static Delivery event(List<ConnectionId> to, ServerPacket packet) {
    return new Delivery(to, null, Origin.UNASKED, packet, null);
  }

  static Delivery reply(Origin origin, ServerPacket packet) {
    return new Delivery(
        List.of(origin.connection()), origin.requestId(), origin.ask(), packet, null);
  }

  /** The same delivery, after which its recipients are not in {@code room}. */
  Delivery releasing(RoomId room) {
    return new Delivery(to, requestId, ask, packet, room);
  }
}
