package io.resolute.client;

import io.resolute.client.e2ee.Rejection;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;

/**
 * Told what happens in a room, from the moment at which this client entered it.
 *
 * <p>All listeners of a connection are called on one thread of its own, one after the other, in the
 * order in which the server sent the events. They may be called before the future that yields the
 * room completes its dependents. A listener may wait for a future of this library; while it does,
 * or is slow, events queue up to a bound, and then nothing more is read from the server. What a
 * listener throws is logged and otherwise ignored.
 */
public interface RoomListener {
  /** A member said something, to all or to this client alone. */
  default void message(ClientRoom room, Member from, String text) {}

  /**
   * A member said something. Calls {@link #message(ClientRoom, Member, String)} unless it is
   * overridden.
   *
   * @param isPrivate whether it was said to this client alone, by {@link ClientRoom#sendTo}, and
   *     not to all; false also of an old peer, which does not say
   */
  default void message(ClientRoom room, Member from, String text, boolean isPrivate) {
    message(room, from, text);
  }

  /**
   * A member sent something that cannot be read. Why is not told: do not answer it in a way that
   * the sender could see.
   */
  default void unreadable(ClientRoom room, Member from) {}

  /**
   * A member sent something that cannot be read, or the server did in its name. Calls {@link
   * #unreadable(ClientRoom, Member)} unless it is overridden. Why is for the person at this client:
   * do not answer it in a way that the sender could see.
   */
  default void unreadable(ClientRoom room, Member from, Rejection why) {
    unreadable(room, from);
  }

  /**
   * Before the next message of a member, others of it are missing: the server held them back, or
   * will deliver them later.
   */
  default void missing(ClientRoom room, Member from, int messages) {}

  /** Somebody came in. */
  default void memberJoined(ClientRoom room, Member member) {}

  /** Somebody is gone. */
  default void memberLeft(ClientRoom room, Member member, LeftReason reason) {}

  /**
   * The room is no more, without this client having asked for it. Nothing comes after this; it is
   * not called when the connection is lost, see {@link ConnectionListener}.
   */
  default void roomClosed(ClientRoom room, ClosedReason reason) {}
}
