package io.resolute.bus;

import java.util.regex.Pattern;

/** Every event-bus address of the relay. {@link Shards} says in which shard a room is. */
public final class Addresses {
  private static final String PACKETS = "resolute.packets";
  private static final String ROOMS = "resolute.rooms.";
  private static final String KEYS = "resolute.keys.";
  private static final String CONNECTIONS = "resolute.connections.";

  private Addresses() {}

  /** Returns where the rooms of a shard take {@link RoomCommands}. */
  public static String ofRoomShard(int shard) {
    return ROOMS + shard;
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
}
