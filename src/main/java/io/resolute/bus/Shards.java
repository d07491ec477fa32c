package io.resolute.bus;

import io.resolute.protocol.RoomId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The shards that rooms are spread over: as many as event loops serve them, so that all that goes
 * to the rooms of one of these is gathered into one message. A shard is served by one event loop,
 * which gives each room one total order of events. Safe for use by several threads.
 */
public final class Shards {
  private final List<String> addresses;

  /**
   * Makes the shards of a relay.
   *
   * @param count from 1; all who address the same rooms must agree on it
   */
  public Shards(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("there must be a shard");
    }
    addresses = IntStream.range(0, count).mapToObj(Addresses::ofRoomShard).toList();
  }

  /** Returns the shard of a room, which follows from its id and the number of shards alone. */
  public int of(RoomId room) {
    // String.hashCode is specified, so that every JVM computes the same shard.
    return Math.floorMod(room.value().hashCode(), addresses.size());
  }

  /** Returns where a room takes {@link RoomCommands}. */
  public String addressOf(RoomId room) {
    return addresses.get(of(room));
  }
}
