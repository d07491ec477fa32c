package io.resolute.bus;

import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RoomId;

/** What the keeper of join keys is asked, at {@link Addresses#ofKeyShard}. */
public sealed interface KeyCommand {
  /** Returns the room whose keys it is about. */
  RoomId room();

  /** Calls the method of {@code visitor} for this command's type and returns what it returns. */
  <R> R accept(Visitor<R> visitor);

  /** One method a type of command. */
  interface Visitor<R> {
    R issue(Issue command);

    R redeem(Redeem command);

    R reset(Reset command);

    R forget(Forget command);
  }

  /** Makes a one-time key, or names the forever key. Answered with {@link KeyReply}. */
  record Issue(RoomId room, KeyKind kind) implements KeyCommand {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.issue(this);
    }
  }

  /**
   * Checks a key. Answered with {@link KeyReply}.
   *
   * @param consume whether a one-time key that is right is spent by that
   */
  record Redeem(RoomId room, KeyKind kind, JoinKey key, boolean consume) implements KeyCommand {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.redeem(this);
    }
  }

  /** Makes every key of the room worthless. Answered with {@link KeyReply}. */
  record Reset(RoomId room) implements KeyCommand {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.reset(this);
    }
  }

  /** The room is closed: nothing of its keys is kept. Nobody waits for the answer. */
  record Forget(RoomId room) implements KeyCommand {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.forget(this);
    }
  }
}
