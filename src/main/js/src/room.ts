import type { SafetyNumber } from "./e2ee/safetyNumber.js";
import type { KeyKind, RoomId, UserId } from "./ids.js";
import type { Invite } from "./invite.js";
import type { Member, RoomMembers, SendResult } from "./member.js";

/**
 * A room that this client is in. What is said is encrypted before it leaves this process and decrypted in the others';
 * the server sees who sends to whom, when, and how much.
 *
 * Messages of one client reach a member in the order in which they were passed to it. The promises are rejected with a
 * {@link ResoluteError}: beside what the methods name, any with {@link RequestRefusedError}, {@link
 * RequestTimeoutError}, {@link SendQueueFullError}, {@link ConnectionLostError} and, once this client is not in the
 * room any more, {@link RoomEndedError}.
 */
export class ClientRoom {
  private constructor() {}

  /** The room's id, which is good for as long as the room lives. */
  get id(): RoomId {
    throw new Error("not implemented yet");
  }

  /** The room's name: any text by a member; empty if the server withholds what the members call it. */
  get name(): string {
    throw new Error("not implemented yet");
  }

  /** The id under which the other members see this client. */
  get userId(): UserId {
    throw new Error("not implemented yet");
  }

  /** Whether this client made the room, so that it may invite, reset and close. */
  get isOwned(): boolean {
    throw new Error("not implemented yet");
  }

  /** Whether this client is still in the room. */
  get isOpen(): boolean {
    throw new Error("not implemented yet");
  }

  /**
   * Everybody else in the room, in the order in which they came, as far as the server has told; a listener may be told
   * of it a little later. A snapshot, which does not change.
   */
  get members(): readonly Member[] {
    throw new Error("not implemented yet");
  }

  /** Asks the server who is in the room. */
  listMembers(): Promise<RoomMembers> {
    throw new Error("not implemented yet");
  }

  /**
   * Makes an invite. For the owner. A second one for `forever` is the same as the first, until the keys are reset.
   */
  invite(kind: KeyKind): Promise<Invite> {
    throw new Error("not implemented yet", { cause: kind });
  }

  /**
   * Returns the number that members compare, over a line that the server has no part in, to find out that nobody is
   * among them under another's name. All who see the same members have the same.
   */
  safetyNumber(): Promise<SafetyNumber> {
    throw new Error("not implemented yet");
  }

  /** Makes every invite worthless that is not used yet. For the owner. */
  resetKeys(): Promise<void> {
    throw new Error("not implemented yet");
  }

  /**
   * Says something to every other member.
   *
   * When the server refuses it for one member, the promise is rejected, and others may have got it. A member who has
   * just left is not a failure but in {@link SendResult.unreached}.
   *
   * @param text at most 32,767 bytes of UTF-8
   * @returns rejected with {@link MessageTooLongError} if the text is too long, and with RangeError if it holds half a
   *     surrogate pair
   */
  sendToAll(text: string): Promise<SendResult> {
    throw new Error("not implemented yet", { cause: text });
  }

  /**
   * Says something to one member alone.
   *
   * @param text at most 32,767 bytes of UTF-8
   * @returns rejected as {@link sendToAll}, and with {@link MemberUnreachableError} if the member is gone or cannot be
   *     sent anything
   */
  sendTo(member: UserId, text: string): Promise<SendResult> {
    throw new Error("not implemented yet", { cause: [member, text] });
  }

  /** Leaves the room; when its owner does, the room is closed. */
  leave(): Promise<void> {
    throw new Error("not implemented yet");
  }

  /** Closes the room for everybody. For the owner. */
  close(): Promise<void> {
    throw new Error("not implemented yet");
  }
}
