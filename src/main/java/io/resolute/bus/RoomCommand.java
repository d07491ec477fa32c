package io.resolute.bus;

import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.UserId;

/** What a room is told. */
public sealed interface RoomCommand {
  /** Returns the room that it is for. */
  RoomId room();

  /** Calls the method of {@code visitor} for this command's type. */
  void accept(Visitor visitor);

  /** One method a type of command. */
  interface Visitor {
    void request(Request command);

    void disconnect(Disconnect command);
  }

  /**
   * Does what a client asks.
   *
   * @param room the room that the packet names; for {@code create-room} the id that it shall get
   */
  record Request(Origin origin, RoomId room, ClientPacket.ForRoom packet) implements RoomCommand {
    @Override
    public void accept(Visitor visitor) {
      visitor.request(this);
    }
  }

  /** Forgets a member, or a join under way, whose connection has ended. */
  record Disconnect(RoomId room, UserId user) implements RoomCommand {
    @Override
    public void accept(Visitor visitor) {
      visitor.disconnect(this);
    }
  }
}
