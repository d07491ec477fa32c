import type { PeerStatus } from "./e2ee/peerStatus.js";
import type { UserId } from "./ids.js";

/**
 * Somebody else in a room, from coming in to leaving it. Everything that a room and its listener tell of one stay is about
 * one and the same object, to be compared with `===`: whoever comes back is somebody new, and so is whoever else a server
 * gives the id to. For one person in two rooms, or seen by two clients, there are two objects.
 */
export class Member {
  /** Names the member's connection; another one next time. */
  readonly id: UserId;
  /** What is known of the member's key. */
  readonly status: PeerStatus;
  readonly #username: string;

  private constructor(id: UserId, username: string, status: PeerStatus) {
    this.id = id;
    this.status = status;
    this.#username = username;
    Object.freeze(this);
  }

  /** @internal */
  static of(id: UserId, username: string, status: PeerStatus): Member {
    return new Member(id, username, status);
  }

  /**
   * What the member calls itself: any text, and not unique; to be made harmless before it is shown as anything but
   * text. Empty if the member did not say it.
   */
  get username(): string {
    return this.#username;
  }

  /** Whether the member was invited by somebody in the room, and not put in by a server. */
  get isVerified(): boolean {
    return this.status === "VERIFIED";
  }

  /** Whether the member can be sent anything. */
  get isReachable(): boolean {
    return this.isVerified;
  }

  /** Hides the name, so that none ends up in a log. */
  toString(): string {
    return `Member[${this.status}]`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** Who is in a room. */
export interface RoomMembers {
  /** The member whose leaving closes the room; it may be this client itself. */
  readonly owner: UserId;
  /** Everybody but this client, in the order in which they came. */
  readonly others: readonly Member[];
}

/** What became of a message. */
export interface SendResult {
  /** How many connections of members who can read it the server has handed it to, as it says. */
  readonly recipients: number;
  /** The members that were sent nothing, because their public key is not one to trust, or who left meanwhile. */
  readonly unreached: readonly Member[];
}
