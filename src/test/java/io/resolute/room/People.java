package io.resolute.room;

import io.resolute.bus.ConnectionId;
import io.resolute.bus.Origin;
import io.resolute.protocol.ClientPacket.CreateRoom;
import io.resolute.protocol.ClientPacket.JoinRoom;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket.User;
import io.resolute.protocol.UserId;

/** The people, rooms and requests that the tests of rooms are about. */
final class People {
  static final RoomId ROOM = room("room");
  static final JoinKey KEY = new JoinKey(token("key"));
  static final String PEM = "-----BEGIN A-----\nMAoC\n-----END A-----\n";

  private People() {}

  /** A token that begins with {@code name}, so that a failing test can be read. */
  static String token(String name) {
    return name + "x".repeat(32 - name.length());
  }

  static RoomId room(String name) {
    return new RoomId(token(name));
  }

  static UserId user(String name) {
    return new UserId(token(name));
  }

  static ConnectionId connection(String name) {
    return new ConnectionId(name);
  }

  /** What {@code name} asks under the id {@code 7}. */
  static Origin by(String name) {
    return new Origin(connection(name), user(name), "7");
  }

  /** What {@code name} asks without an id. */
  static Origin silently(String name) {
    return new Origin(connection(name), user(name), null);
  }

  static User asSeen(String name) {
    return new User(user(name), name, PEM);
  }

  static CreateRoom creation(String name) {
    return new CreateRoom("a room", name, "mine", PEM);
  }

  static JoinRoom entry(RoomId room, String name) {
    return new JoinRoom(room, KeyKind.ONE_TIME, KEY, name, PEM);
  }
}
