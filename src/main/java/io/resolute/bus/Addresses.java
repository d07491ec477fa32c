package io.resolute.bus;

import io.resolute.protocol.RoomId;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Every event-bus address of the relay.
 *
 * <p>The address of a room, and of its keys, follows from the room's id alone, so that any node can
 * compute it. A shard is served by one event loop, which gives each room one total order of events.
 */
public final class Addresses {
  /** How many shards rooms are spread over. Fixed, because every node must agree on it. */
  public static final int SHARDS = 64;

  private static final String PACKETS = "resolute.packets";
  private static final String ROOMS = "resolute.rooms.";
  private static final String KEYS = "resolute.keys.";
  private static final String CONNECTIONS = "resolute.connections.";

  private static final List<String> ROOM_SHARDS =
      IntStream.range(0, SHARDS).mapToObj(shard -> ROOMS + shard).toList();

  private Addresses() {}

  /** Returns where a room takes {@link RoomCommands}. */
  public static String ofRoom(RoomId room) {
    return ofRoomShard(shard(room));
  }

  /** Returns where the rooms of a shard take {@link RoomCommands}. */
  public static String ofRoomShard(int shard) {
    return ROOM_SHARDS.get(shard);
  }

  /** Returns where the join keys of a room take {@link KeyCommand}s. */
  public static String ofKeys(RoomId room) {
    return ofKeyShard(shard(room));
  }

  /** Returns where the join keys of a shard's rooms take {@link KeyCommand}s. */
  public static String ofKeyShard(int shard) {
    return KEYS + shard;
  }

  /** Returns where a connection takes {@link Parcel}s. */
  public static String ofConnection(ConnectionId connection) {
    return connection.address();
  }

  static String ofConnection(String id) {
    return CONNECTIONS + id;
  }

  /**
   * Returns where the packets of clients on the event bus go: verticles send them there; the bridge
   * takes those of its clients that name it, and sends them to {@link #ofPackets}.
   */
  public static String packets() {
    return PACKETS;
  }

  /** Returns where the bridge sends the packets of one connection; no client may name it. */
  public static String ofPackets(ConnectionId connection) {
    return PACKETS + "." + connection.value();
  }

  /** Returns the pattern of all that {@link #ofPackets} returns. */
  public static String packetsPattern() {
    return Pattern.quote(PACKETS + ".") + ".+";
  }

  /** Returns the pattern of all that {@link #ofConnection} returns. */
  public static String connectionsPattern() {
    return Pattern.quote(CONNECTIONS) + ".+";
  }

  /** Returns the shards that instance {@code index} of {@code instances} serves. */
  public static IntStream shardsOf(int index, int instances) {
    return IntStream.range(0, SHARDS).filter(shard -> shard % instances == index);
  }

  private static int shard(RoomId room) {
    // String.hashCode is specified, so that every JVM computes the same shard.
    return Math.floorMod(room.value().hashCode(), SHARDS);
  }
}
