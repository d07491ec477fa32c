package io.resolute.room;

import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket.Failure;

/** The errors of rooms. One place, because some must be the same to the byte. */
final class Refusals {
  private Refusals() {}

  /** For a room that does not exist and for one that the sender is not in. */
  static Failure notFound(String command) {
    return new Failure(command, ErrorCode.NOT_FOUND, "you are in no such room");
  }

  /** For no such room, a wrong, spent or reset key, and an id or key of the wrong form. */
  static Failure badKey(String command) {
    return new Failure(command, ErrorCode.BAD_KEY, "no room is opened by this key");
  }

  static Failure forbidden(String command, RoomId room) {
    return new Failure(command, ErrorCode.FORBIDDEN, "only the owner may do this", room);
  }

  static Failure alreadyJoined(String command, RoomId room) {
    return new Failure(command, ErrorCode.ALREADY_JOINED, "you are in this room", room);
  }

  static Failure noSuchMember(String command, RoomId room) {
    return new Failure(command, ErrorCode.NO_SUCH_MEMBER, "the room has no such member", room);
  }

  static Failure roomFull(String command) {
    return new Failure(command, ErrorCode.LIMIT_REACHED, "the room is full");
  }

  static Failure tooManyRooms(String command) {
    return new Failure(command, ErrorCode.LIMIT_REACHED, "the server has no space for a room");
  }

  static Failure tooManyKeys(String command, RoomId room) {
    return new Failure(
        command, ErrorCode.LIMIT_REACHED, "the room has too many unused one-time keys", room);
  }

  static Failure unavailable(String command) {
    return new Failure(command, ErrorCode.UNAVAILABLE, "the server could not do it now");
  }
}
