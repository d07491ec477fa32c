import {
  ConnectionLostError,
  MemberUnreachableError,
  RequestTimeoutError,
  RoomEndedError,
  type ClientRoom,
  type ClosedReason,
  type ConnectionListener,
  type LeftReason,
  type Member,
  type Rejection,
  type RoomListener,
  type SendResult,
} from "../src/index.js";
import type { Log } from "./log.js";
import { asText, Names, type Shown } from "./names.js";
import { safeName } from "./text.js";
import * as words from "./words.js";

/** How a conversation ended. */
export type Ending = { kind: "closed"; reason: ClosedReason } | { kind: "lost"; why: ConnectionLostError };

/** Somebody came in, or is gone. */
export interface Change {
  who: Shown;
  came: boolean;
}

/** Told what there is to be shown beside what is said. */
export interface ConversationView {
  /** @param change who has come or gone of those whom the safety number stands for; undefined if that is nobody */
  membersChanged(change?: Change): void;
  /** @param who what they are called */
  somebodyCame(who: string): void;
  /** Somebody else said something. */
  said(): void;
  ended(how: Ending): void;
}

const KNOCKED = "knocked";

/** What happens between entering a room and the end, and what is said of it. */
export class Conversation implements RoomListener, ConnectionListener {
  readonly names: Names;
  readonly #log: Log;
  readonly #view: ConversationView;
  readonly #members = new Map<string, Member>();
  #room: ClientRoom | undefined;
  #owner = "";
  #ended = false;
  /** What happened before the page knew that it is in the room. */
  #waiting: (() => void)[] = [];
  /** Who is here and was told of as having knocked, by id. */
  readonly #knocked = new Set<string>();

  constructor(username: string, log: Log, view: ConversationView) {
    this.names = new Names(safeName(username) || "you");
    this.#log = log;
    this.#view = view;
  }

  get room(): ClientRoom | undefined {
    return this.#room;
  }

  get isOver(): boolean {
    return this.#ended;
  }

  /** The id of the member who made the room. */
  get owner(): string {
    return this.#owner;
  }

  /** Everybody else who is there, as far as has been told here. */
  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  /** Returns what a member is called here. */
  nameOf(member: Member): string {
    return asText(this.#shown(member));
  }

  /** From here on what happens is shown. */
  begin(room: ClientRoom): void {
    this.#room = room;
    // Also who has left meanwhile: all number those of one name in the order of coming in.
    const before = room.membersOnEntry;
    before.forEach((member) => this.#members.set(member.id, member));
    // Those who were there come in the order in which they came, and the one who made the room came first.
    this.#owner = room.isOwned ? room.userId : (before[0]?.id ?? "");
    const others = before.map((member) => this.#shown(member));
    this.names.countOneself();
    if (others.length > 0) {
      this.#log.event("You came in. Here: ", ...others.flatMap((who, i) => (i === 0 ? [who] : [", ", who])), ".");
    }
    this.#warnOf(before);
    this.#view.membersChanged();
    this.#waiting.forEach((action) => action());
    this.#waiting = [];
  }

  /**
   * Says something.
   *
   * @param to who alone gets it; undefined if everybody does
   */
  async say(text: string, to?: Member): Promise<void> {
    const outgoing = this.#log.own(text, to && this.#shown(to));
    const room = this.#room;
    try {
      if (room === undefined) {
        throw new RoomEndedError("not in a room");
      }
      outgoing.sent(this.#remark(await (to === undefined ? room.sendToAll(text) : room.sendTo(to, text))));
    } catch (error) {
      const gone = [ConnectionLostError, RoomEndedError, MemberUnreachableError];
      const over = this.#ended || gone.some((kind) => error instanceof kind);
      const doubt = error instanceof ConnectionLostError || error instanceof RequestTimeoutError;
      const what = doubt ? "Maybe not sent." : "Not sent.";
      const isSaid = over && !(error instanceof MemberUnreachableError);
      outgoing.failed(isSaid ? what : `${what} ${words.failure(error)}`, over ? undefined : () => void this.say(text, to));
    }
  }

  #remark(result: SendResult): string {
    const unreached = result.unreached.map((member) => asText(this.#shown(member)));
    if (unreached.length > 0) {
      return `Not sent to ${unreached.join(", ")}`;
    }
    return result.recipients === 0 ? "Nobody else is here yet to read this" : "";
  }

  message(_room: ClientRoom, from: Member, text: string, isPrivate: boolean): void {
    this.#whenBegun(() => {
      this.#log.message(from.id, this.#shown(from), text, isPrivate);
      this.#view.said();
    });
  }

  unreadable(_room: ClientRoom, from: Member, why: Rejection): void {
    this.#whenBegun(() => {
      const { text, warning } = words.unreadable(why);
      // Those who are not here are not kept in mind: a server can make up any number of them.
      const who = this.#members.has(from.id) ? this.#shown(from) : words.STRANGER;
      // By the name, which nobody else gets: a server can give an id to others.
      const kind = `${typeof who === "string" ? "" : asText(who)} ${text}`;
      this.#log.count(kind, warning, ...(warning ? ["Be careful: "] : []), who, ` ${text}`);
    });
  }

  missing(_room: ClientRoom, from: Member, messages: number): void {
    this.#whenBegun(() => this.#log.warn(this.#shown(from), ` ${words.missing(messages)}`));
  }

  memberJoined(_room: ClientRoom, member: Member): void {
    this.#whenBegun(() => {
      this.#members.set(member.id, member);
      if (member.isVerified) {
        this.#log.event(this.#shown(member), " came in.");
      } else if (member.status === "NOT_ADMITTED") {
        this.#knocked.add(member.id);
        this.#log.count(KNOCKED, false, words.knocked(true));
      } else {
        this.#warnOf([member]);
      }
      this.#view.membersChanged(this.#changed(member, true));
      this.#view.somebodyCame(this.nameOf(member));
    });
  }

  memberLeft(_room: ClientRoom, member: Member, reason: LeftReason): void {
    this.#whenBegun(() => {
      this.#members.delete(member.id);
      const knocked = this.#knocked.delete(member.id);
      if (!knocked || !this.#log.reword(KNOCKED, words.knocked(this.#knocked.size > 0))) {
        this.#log.event(this.#shown(member), reason === "left" ? " left." : " was disconnected.");
      }
      const change = this.#changed(member, false);
      this.names.forget(member.id);
      this.#view.membersChanged(change);
    });
  }

  roomClosed(_room: ClientRoom, reason: ClosedReason): void {
    this.#whenBegun(() => this.#end({ kind: "closed", reason }));
  }

  connectionLost(why: ConnectionLostError): void {
    this.#whenBegun(() => this.#end({ kind: "lost", why }));
  }

  /** The person at this page goes: nothing that still comes is shown. */
  leave(): void {
    this.#ended = true;
  }

  #end(how: Ending): void {
    this.#ended = true;
    this.#view.ended(how);
  }

  #whenBegun(action: () => void): void {
    if (this.#room === undefined) {
      this.#waiting.push(action);
    } else if (!this.#ended) {
      action();
    }
  }

  #shown(member: Member) {
    return this.names.of(member.id, member.username);
  }

  #changed(member: Member, came: boolean): Change | undefined {
    return member.isVerified ? { who: this.#shown(member), came } : undefined;
  }

  /** One warning for all of whom the same is to be said at once. */
  #warnOf(members: readonly Member[]): void {
    for (const status of words.REASONS) {
      const alike = members.filter((member) => member.status === status).map((member) => this.#shown(member));
      if (alike.length > 0) {
        const who = alike.flatMap((one, i) => (i === 0 ? [one] : [", ", one]));
        const kind = `${status} ${alike.map(asText).join(", ")}`;
        const element = this.#log.count(kind, true, "Be careful, left out: ", ...who, `. ${words.warning(status)}`);
        // The banner above says it aloud.
        element.setAttribute("aria-live", "off");
      }
    }
  }
}

/**
 * Returns whether nothing in a room can be read: most likely the secret in the invite is not the room's. A hostile
 * server can bring this about as well, and keeps one out then.
 */
export function isForeign(room: ClientRoom): boolean {
  return !room.isOwned && room.name === "" && room.members.every((member) => !member.isReachable);
}
