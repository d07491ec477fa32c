package io.resolute.key;

import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RoomId;

/** Derives the forever key of a room from a secret, so that the key itself is kept nowhere. */
public interface KeyDerivation {
  /**
   * Returns the forever key of {@code room} after {@code resets} resets of its keys: always the
   * same one, which tells nothing of any other.
   *
   * @param resets 0 or more
   */
  JoinKey derive(RoomId room, long resets);
}
