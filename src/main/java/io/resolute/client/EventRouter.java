package io.resolute.client;

import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Brings events to the rooms that they belong to, and says whether there was such a room. An event
 * of a room that this client is not in, any more or yet, is of no interest to anybody; nor is an
 * answer that does not say what it answers.
 */
final class EventRouter implements ServerPacket.Visitor<Boolean> {
  private final Map<RoomId, ClientRoom> rooms = new HashMap<>();

  /** Adds a room, which must not {@linkplain #has be there}. */
  void add(ClientRoom room) {
    rooms.put(room.id(), room);
  }

  boolean has(RoomId room) {
    return rooms.containsKey(room);
  }

  /** Removes this very room, and not one that has its id since. */
  void remove(ClientRoom room) {
    rooms.remove(room.id(), room);
  }

  /** Makes every room useless. */
  void endAll(ResoluteException why) {
    List<ClientRoom> all = List.copyOf(rooms.values());
    rooms.clear();
    all.forEach(room -> room.end(why));
  }

  @Override
  public Boolean message(ServerPacket.Message packet) {
    return tell(packet.room(), room -> room.received(packet));
  }

  @Override
  public Boolean userJoined(ServerPacket.UserJoined packet) {
    return tell(packet.room(), room -> room.joined(packet.user()));
  }

  @Override
  public Boolean userLeft(ServerPacket.UserLeft packet) {
    return tell(packet.room(), room -> room.left(packet));
  }

  @Override
  public Boolean roomClosed(ServerPacket.RoomClosed packet) {
    return tell(packet.room(), room -> room.closed(packet.reason()));
  }

  @Override
  public Boolean welcome(ServerPacket.Welcome packet) {
    return false;
  }

  @Override
  public Boolean roomCreated(ServerPacket.RoomCreated packet) {
    return false;
  }

  @Override
  public Boolean keyIssued(ServerPacket.KeyIssued packet) {
    return false;
  }

  @Override
  public Boolean done(ServerPacket.Done packet) {
    return false;
  }

  @Override
  public Boolean joined(ServerPacket.Joined packet) {
    return false;
  }

  @Override
  public Boolean messageSent(ServerPacket.MessageSent packet) {
    return false;
  }

  @Override
  public Boolean members(ServerPacket.Members packet) {
    return false;
  }

  @Override
  public Boolean failure(ServerPacket.Failure packet) {
    return false;
  }

  private boolean tell(RoomId id, Consumer<ClientRoom> event) {
    ClientRoom room = rooms.get(id);
    if (room == null) {
      return false;
    }
    event.accept(room);
    return true;
  }
}
