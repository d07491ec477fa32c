package io.resolute.room;

import io.resolute.bus.ConnectionId;
import io.resolute.bus.Origin;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket.User;
import io.resolute.protocol.Speaker;

/**
 * Somebody in a room.
 *
 * @param connection where what is said in the room goes
 * @param user what the others know of the member
 * @param speaker the same one, who says things
 */
record Member(ConnectionId connection, User user, Speaker speaker) {
  static Member of(RoomId room, Origin origin, String username, String publicKey) {
    return new Member(
        origin.connection(),
        new User(origin.user(), username, publicKey),
        new Speaker(room, origin.user(), username));
  }
}
