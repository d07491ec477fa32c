package io.resolute.client.e2ee;

import io.resolute.protocol.RoomId;

/** What a client enters one room with, made for that room alone. */
public interface Entrance {
  /** Returns the length of the longest name, in bytes of UTF-8. */
  static int maxNameBytes() {
    return Padding.NAME.maxTextBytes();
  }

  /** Returns what this client publishes to the room: one or more PEM blocks. */
  String publicKey();

  /**
   * Returns what the server is told of what this client is called.
   *
   * @throws IllegalArgumentException if the name is too long, or holds half a surrogate pair
   */
  String sealUsername(String name);

  /**
   * Returns what the server is told of what the room is called, for its creator.
   *
   * @throws IllegalArgumentException if the name is too long, or holds half a surrogate pair
   */
  String sealRoomName(String name);

  /** Returns the room, with nobody else in it. It erases what this object holds when it ends. */
  RoomCipher enter(RoomId room);

  /** Erases every key, where there is no room to enter. */
  void wipe();
}
