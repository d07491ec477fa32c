import type { PeerStatus } from "./e2ee/peerStatus.js";
import type { UserId } from "./ids.js";

/** Somebody else in a room. */
export interface Member {
  /** Names the member's connection; another one next time. */
  readonly id: UserId;
  /**
   * What the member calls itself: any text, and not unique; to be made harmless before it is shown as anything but
   * text. Empty if the member did not say it.
   */
  readonly username: string;
  /** What is known of the member's key. */
  readonly status: PeerStatus;
  /** Whether the member was invited by somebody in the room, and not put in by a server. */
  readonly isVerified: boolean;
  /** Whether the member can be sent anything. */
  readonly isReachable: boolean;
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

class RoomMember implements Member {
  readonly isVerified: boolean;
  readonly isReachable: boolean;

  constructor(
    readonly id: UserId,
    readonly username: string,
    readonly status: PeerStatus,
  ) {
    this.isVerified = status === "VERIFIED";
    this.isReachable = this.isVerified;
    Object.freeze(this);
  }

  /** Hides the name, so that none ends up in a log. */
  toString(): string {
    return `Member[${this.status}]`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** @internal */
export function memberOf(id: UserId, username: string, status: PeerStatus): Member {
  return new RoomMember(id, username, status);
}
