import type { Connection, Later } from "./connection.js";
import { AUDIENCE } from "./e2ee/audience.js";
import { utf8 } from "./e2ee/bytes.js";
import type { Opened, SealedRoom } from "./e2ee/sealedRoom.js";
import type { SafetyNumber } from "./e2ee/safetyNumber.js";
import {
  MemberUnreachableError,
  MessageTooLongError,
  RequestRefusedError,
  RoomEndedError,
  UnsupportedServerError,
  type ResoluteError,
} from "./errors.js";
import type { KeyKind, RoomId, UserId } from "./ids.js";
import { Invite, portOf } from "./invite.js";
import type { ClosedReason, LeftReason, RoomListener } from "./listener.js";
import { Member, type RoomMembers, type SendResult } from "./member.js";
import { MessageSender } from "./messageSender.js";
import { SendTally } from "./sendTally.js";
import type { Packet, User } from "./wire.js";

/** @internal The most that a server can be set to let into a room: one that names more fills the memory. */
export const MAX_MEMBERS = 100_000;

// What the bookkeeping of one event takes, roughly, beside its text.
const EVENT_BYTES = 256;

/**
 * What the server says of a room that this client has come into.
 *
 * @internal
 */
export interface Entry {
  /** Where the room is. */
  readonly server: URL;
  readonly id: RoomId;
  readonly name: string;
  readonly self: UserId;
  /** Whether this client made it. */
  readonly isOwned: boolean;
  /** Who was there before. */
  readonly users: readonly User[];
}

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
  readonly #connection: Connection;
  readonly #cipher: SealedRoom;
  readonly #listener: RoomListener;
  readonly #entry: Entry;
  readonly #sender: MessageSender;
  readonly #members = new Map<UserId, Member>();
  #snapshot: readonly Member[] = [];
  #onEntry: readonly Member[] = [];
  #ended: ResoluteError | undefined;

  private constructor(connection: Connection, cipher: SealedRoom, listener: RoomListener, entry: Entry) {
    this.#connection = connection;
    this.#cipher = cipher;
    this.#listener = listener;
    this.#entry = entry;
    this.#sender = new MessageSender(connection, cipher, entry.id);
  }

  /** @internal Takes in who is there already, and the events from here on. In a task of the connection. */
  static async enter(
    connection: Connection,
    cipher: SealedRoom,
    listener: RoomListener,
    entry: Entry,
  ): Promise<ClientRoom> {
    const room = new ClientRoom(connection, cipher, listener, entry);
    for (const user of entry.users) {
      await room.#admit(user);
    }
    room.#takeSnapshot();
    room.#onEntry = room.#snapshot;
    connection.rooms.add(room);
    return room;
  }

  /** The room's id, which is good for as long as the room lives. */
  get id(): RoomId {
    return this.#entry.id;
  }

  /** The room's name: any text by a member; empty if the server withholds what the members call it. */
  get name(): string {
    return this.#entry.name;
  }

  /** The id under which the other members see this client. */
  get userId(): UserId {
    return this.#entry.self;
  }

  /** Whether this client made the room, so that it may invite, reset and close. */
  get isOwned(): boolean {
    return this.#entry.isOwned;
  }

  /** Whether this client is still in the room. */
  get isOpen(): boolean {
    return this.#ended === undefined;
  }

  /**
   * Everybody else in the room, in the order in which they came, as far as the server has told; a listener may be told
   * of it a little later. A snapshot, which does not change.
   */
  get members(): readonly Member[] {
    return this.#snapshot;
  }

  /**
   * Who was in the room when this client came in, in the order in which they came, also those who have left since.
   * Everybody else has come after this client. Empty once this client is not in the room any more.
   */
  get membersOnEntry(): readonly Member[] {
    return this.#onEntry;
  }

  /** Asks the server who is in the room. */
  listMembers(): Promise<RoomMembers> {
    return this.#call(() => ({
      later: this.#connection.request("members", {
        request: this.#request("list-members"),
        use: (listed) => this.#roomMembers(listed),
      }),
    }));
  }

  /**
   * Makes an invite. For the owner. A second one for `forever` is the same as the first, until the keys are reset.
   */
  invite(kind: KeyKind): Promise<Invite> {
    const { hostname } = this.#entry.server;
    return this.#call(() => ({
      later: this.#connection.request("keyIssued", {
        request: this.#request(kind === "one-time" ? "room-key-onetime" : "room-key-forever"),
        use: ({ key }) => {
          this.#requireIn(); // The room may have ended since, and its secret with it.
          return new Invite(hostname, portOf(this.#entry.server), this.id, kind, key, this.#cipher.secret());
        },
      }),
    }));
  }

  /**
   * Returns the number that members compare, over a line that the server has no part in, to find out that nobody is
   * among them under another's name. All who see the same members have the same.
   */
  safetyNumber(): Promise<SafetyNumber> {
    return this.#call(async () => {
      const number = await this.#cipher.safetyNumber();
      return { later: Promise.resolve(number) };
    });
  }

  /** Makes every invite worthless that is not used yet. For the owner. */
  resetKeys(): Promise<void> {
    return this.#call(() => ({
      later: this.#connection.request("done", { request: this.#request("reset-room-keys"), use: () => undefined }),
    }));
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
    return this.#call(async () => {
      this.#requireFits(text);
      const unreachable = this.#snapshot.filter((member) => !member.isReachable);
      const tally = new SendTally(unreachable, this.#snapshot.length - unreachable.length);
      const sealed = await this.#cipher.sealForAll(text);
      return { later: this.#sender.send(sealed, this.#members, tally) };
    });
  }

  /**
   * Says something to one member alone.
   *
   * @param member as {@link members} or a listener gave it: somebody else who gets the id of one who is gone is not
   *     meant
   * @param text at most 32,767 bytes of UTF-8
   * @returns rejected as {@link sendToAll}, and with {@link MemberUnreachableError} if the member is gone or cannot be
   *     sent anything
   */
  sendTo(member: Member, text: string): Promise<SendResult> {
    return this.#call(async () => {
      this.#requireFits(text);
      const isHere = this.#members.get(member.id) === member;
      const sealed = isHere ? await this.#cipher.sealFor(member.id, text) : [];
      if (sealed.length === 0) {
        throw new MemberUnreachableError();
      }
      return { later: this.#sender.send(sealed, this.#members, new SendTally([], 1)).then(requireReached) };
    });
  }

  /**
   * Leaves the room; when its owner does, the room is closed.
   *
   * The keys are erased as soon as the server is told, whatever it does about that: from then on this object is of no
   * use. If the promise is rejected nevertheless, the others may still see this client among them; {@link
   * ResoluteClient.close} ends that.
   */
  leave(): Promise<void> {
    return this.#call(() => this.#quit("leave-room", "this client has left the room"));
  }

  /**
   * Closes the room for everybody. For the owner: anybody else's is refused, and changes nothing. The owner's keys are
   * erased as by {@link leave}.
   */
  close(): Promise<void> {
    return this.#call(() => {
      if (!this.isOwned) {
        throw new RequestRefusedError("forbidden");
      }
      return this.#quit("close-room", "this client has closed the room");
    });
  }

  /** Names the room by nothing. */
  toString(): string {
    return `ClientRoom[${this.isOpen ? "open" : "ended"}]`;
  }

  /** @internal */
  async received({ sender, content }: Packet<"message">): Promise<void> {
    const from = this.#memberOrStranger(sender);
    this.#tellOpened(from, await this.#cipher.open(sender, content));
  }

  /** @internal */
  async joined(user: User): Promise<void> {
    if (this.#cipher.knows(user.id, user.publicKey)) {
      return;
    }
    // An id that somebody else has now is no reason to take the one for the other.
    this.#depart(user.id, "disconnected");
    const member = await this.#admit(user);
    this.#takeSnapshot();
    this.#tell(bytesOf(member.username), () => this.#listener.memberJoined?.(this, member));
  }

  /** @internal */
  left({ user, reason }: Packet<"userLeft">): void {
    this.#depart(user, reason);
  }

  /** @internal */
  closed(reason: ClosedReason): void {
    this.#connection.rooms.remove(this);
    this.end(new RoomEndedError("the room was closed"));
    this.#tell(EVENT_BYTES, () => this.#listener.roomClosed?.(this, reason));
  }

  /** @internal Makes this object useless. The first reason is the one that counts. */
  end(why: ResoluteError): void {
    if (this.#ended === undefined) {
      this.#ended = why;
      this.#cipher.wipe();
      this.#members.clear();
      this.#takeSnapshot();
      this.#onEntry = this.#snapshot;
    }
  }

  #tellOpened(from: Member, opened: Opened): void {
    if (opened.kind === "rejected") {
      this.#tell(EVENT_BYTES, () => this.#listener.unreadable?.(this, from, opened.why));
    } else if (opened.kind === "text") {
      if (opened.missing > 0) {
        this.#tell(EVENT_BYTES, () => this.#listener.missing?.(this, from, opened.missing));
      }
      const isPrivate = opened.audience === AUDIENCE.ONE_MEMBER;
      this.#tell(bytesOf(opened.text), () => this.#listener.message?.(this, from, opened.text, isPrivate));
    }
  }

  #call<T>(action: () => Later<T> | Promise<Later<T>>): Promise<T> {
    return this.#connection.call(() => {
      this.#requireIn();
      return action();
    });
  }

  #requireIn(): void {
    if (this.#ended !== undefined) {
      throw this.#ended;
    }
  }

  #tell(bytes: number, callback: () => unknown): void {
    this.#connection.callbacks.run(bytes, callback);
  }

  #depart(id: UserId, reason: LeftReason): void {
    const member = this.#members.get(id);
    if (member !== undefined) {
      this.#members.delete(id);
      this.#cipher.remove(id);
      this.#takeSnapshot();
      this.#tell(EVENT_BYTES, () => this.#listener.memberLeft?.(this, member, reason));
    }
  }

  async #admit(user: User): Promise<Member> {
    if (this.#members.size >= MAX_MEMBERS) {
      throw new UnsupportedServerError("the server names too many members");
    }
    const status = await this.#cipher.admit(user.id, user.publicKey);
    const username = (await this.#cipher.usernameOf(user.id, user.username)) ?? "";
    const member = Member.of(user.id, username, status);
    this.#members.set(user.id, member);
    return member;
  }

  #takeSnapshot(): void {
    this.#snapshot = Object.freeze([...this.#members.values()]);
  }

  /** A server that keeps the order of the protocol names nobody whom it has not announced. */
  #memberOrStranger(id: UserId): Member {
    return this.#members.get(id) ?? Member.of(id, "", "UNSUPPORTED_KEY");
  }

  #roomMembers({ owner, users }: Packet<"members">): RoomMembers {
    const others = users.filter((user) => user.id !== this.userId).map((user) => this.#memberOrStranger(user.id));
    return Object.freeze({ owner, others: Object.freeze(others) });
  }

  #requireFits(text: string): void {
    const { length } = utf8(text);
    if (length > this.#cipher.maxTextBytes) {
      throw new MessageTooLongError(length, this.#cipher.maxTextBytes);
    }
  }

  #request(cmd: string): { cmd: string; data: { room_id: RoomId } } {
    return { cmd, data: { room_id: this.id } };
  }

  #quit(cmd: string, how: string): Later<void> {
    const later = this.#connection.request("done", {
      request: this.#request(cmd),
      use: () => undefined,
      fail: requireGone,
    });
    // Now, not with the answer: a server that gives none would keep the keys alive.
    this.#connection.rooms.remove(this);
    this.end(new RoomEndedError(how));
    return { later };
  }
}

function bytesOf(text: string): number {
  return EVENT_BYTES + 2 * text.length;
}

/** A room that is closed already is one that this client is not in. */
function requireGone(why: ResoluteError): void {
  if (!(why instanceof RequestRefusedError) || why.code !== "not-found") {
    throw why;
  }
}

function requireReached(result: SendResult): SendResult {
  if (result.recipients === 0) {
    throw new MemberUnreachableError();
  }
  return result;
}
