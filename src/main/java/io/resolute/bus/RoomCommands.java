package io.resolute.bus;

import java.util.List;

/**
 * What the rooms of a shard are told in one turn of an event loop, at {@link
 * Addresses#ofRoomShard}.
 *
 * @param commands in the order in which they are to be carried out
 */
public record RoomCommands(List<RoomCommand> commands) {
  /** Copies {@code commands}. */
  public RoomCommands {
    commands = List.copyOf(commands);
  }
}
