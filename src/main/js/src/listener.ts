import type { Rejection } from "./e2ee/rejection.js";
import type { ConnectionLostError } from "./errors.js";
import type { Member } from "./member.js";
import type { ClientRoom } from "./room.js";

/** How a member went: it left, or its connection ended. */
export type LeftReason = "left" | "disconnected";

/** How a room ended: its owner closed it, its owner is gone, or it reached its age. */
export type ClosedReason = "closed" | "owner-left" | "expired";

/**
 * Told what happens in a room, from the moment at which this client entered it.
 *
 * All listeners of a connection are called one after the other, in the order in which the server sent the events. They
 * may be called before the promise that yields the room is fulfilled. A method that returns a promise holds up those
 * behind it until the promise is settled; events queue up to a bound then, see {@link ConnectOptions.maxQueuedBytes}.
 * It may wait for a promise of this library. What a listener throws is reported to the console and otherwise ignored.
 */
export interface RoomListener {
  /**
   * A member said something: any text, to be made harmless before it is shown as anything but text.
   *
   * @param isPrivate whether it was said to this client alone, by {@link ClientRoom.sendTo}, and not to all
   */
  message?(room: ClientRoom, from: Member, text: string, isPrivate: boolean): void | Promise<unknown>;

  /**
   * A member sent something that cannot be read, or the server did in its name. Why is for the person at this client:
   * do not answer it in a way that the sender could see.
   */
  unreadable?(room: ClientRoom, from: Member, why: Rejection): void | Promise<unknown>;

  /**
   * Before the next message of a member, others of it are missing: the server held them back, or will deliver them
   * later.
   */
  missing?(room: ClientRoom, from: Member, messages: number): void | Promise<unknown>;

  /** Somebody came in. */
  memberJoined?(room: ClientRoom, member: Member): void | Promise<unknown>;

  /** Somebody is gone. */
  memberLeft?(room: ClientRoom, member: Member, reason: LeftReason): void | Promise<unknown>;

  /**
   * The room is no more, without this client having asked for it. Nothing comes after this; it is not called when the
   * connection is lost, see {@link ConnectionListener}.
   */
  roomClosed?(room: ClientRoom, reason: ClosedReason): void | Promise<unknown>;
}

/** Told when a connection ends. */
export interface ConnectionListener {
  /**
   * The connection has ended without {@link ResoluteClient.close} having been called; called once, after all events of
   * the {@link RoomListener}s. The client is of no use any more, and neither is any room of it.
   */
  connectionLost?(why: ConnectionLostError): void | Promise<unknown>;
}
