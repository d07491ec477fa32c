package io.resolute.room;

import io.resolute.bus.ConnectionId;
import io.resolute.bus.Origin;
import io.resolute.protocol.ServerPacket.User;

/**
 * Somebody in a room.
 *
 * @param connection where what is said in the room goes
 * @param user what the others know of the member
 */
record Member(ConnectionId connection, User user) {
  static Member of(Origin origin, String username, String publicKey) {
    return new Member(origin.connection(), new User(origin.user(), username, publicKey));
  }
}
