import {
  ConnectionLostError,
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
import { asText, Names } from "./names.js";
import { safeName } from "./text.js";
import * as words from "./words.js";

/** How a conversation ended. */
export type Ending = { kind: "closed"; reason: ClosedReason } | { kind: "lost"; why: ConnectionLostError };

/** Told what there is to be shown beside what is said. */
export interface ConversationView {
  /** Who is in the room has changed. */
  membersChanged(): void;
  somebodyCame(): void;
  /** Somebody else said something. */
  said(): void;
  ended(how: Ending): void;
}

/** What happens between entering a room and the end, and what is said of it. */
export class Conversation implements RoomListener, ConnectionListener {
  readonly names: Names;
  /** What the person at this page is called. */
  readonly own: string;
  readonly #log: Log;
  readonly #view: ConversationView;
  readonly #members = new Map<string, Member>();
  #room: ClientRoom | undefined;
  #owner = "";
  #ended = false;
  /** What happened before the page knew that it is in the room. */
  #waiting: (() => void)[] = [];
  readonly #came = new Set<string>();

  constructor(username: string, log: Log, view: ConversationView) {
    this.own = safeName(username) || "you";
    this.names = new Names(username);
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

  /** From here on what happens is shown. */
  begin(room: ClientRoom): void {
    this.#room = room;
    const before = room.members.filter((member) => !this.#came.has(member.id));
    before.forEach((member) => this.#members.set(member.id, member));
    // Those who were there come in the order in which they came, and the one who made the room came first.
    this.#owner = room.isOwned ? room.userId : (before[0]?.id ?? "");
    if (before.length > 0) {
      const others = before.map((member) => this.#shown(member));
      this.#log.event("You came in. Here: ", ...others.flatMap((who, i) => (i === 0 ? [who] : [", ", who])), ".");
    }
    before.forEach((member) => this.#warnOf(member));
    this.#view.membersChanged();
    this.#waiting.forEach((action) => action());
    this.#waiting = [];
  }

  /** Says something to everybody. */
  async say(text: string): Promise<void> {
    const outgoing = this.#log.own(text);
    const room = this.#room;
    try {
      if (room === undefined) {
        throw new RoomEndedError("not in a room");
      }
      outgoing.sent(this.#remark(await room.sendToAll(text)));
    } catch (error) {
      const over = this.#ended || error instanceof ConnectionLostError || error instanceof RoomEndedError;
      const doubt = error instanceof ConnectionLostError || error instanceof RequestTimeoutError;
      const what = doubt ? "Maybe not sent." : "Not sent.";
      outgoing.failed(over ? what : `${what} ${words.failure(error)}`, over ? undefined : () => void this.say(text));
    }
  }

  #remark(result: SendResult): string {
    const unreached = result.unreached.map((member) => asText(this.#shown(member)));
    if (unreached.length > 0) {
      return `Not sent to ${unreached.join(", ")}`;
    }
    return result.recipients === 0 ? "Nobody else is here yet to read this" : "";
  }

  message(_room: ClientRoom, from: Member, text: string): void {
    this.#whenBegun(() => {
      this.#log.message(from.id, this.#shown(from), text);
      this.#view.said();
    });
  }

  unreadable(_room: ClientRoom, from: Member, why: Rejection): void {
    this.#whenBegun(() => {
      const { text, warning } = words.unreadable(why);
      // Those who are not here are not kept in mind: a server can make up any number of them.
      const who = this.#members.has(from.id) ? this.#shown(from) : words.STRANGER;
      if (warning) {
        this.#log.warn("Be careful: ", who, ` ${text}`);
      } else {
        this.#log.event(who, ` ${text}`);
      }
    });
  }

  missing(_room: ClientRoom, from: Member, messages: number): void {
    this.#whenBegun(() => this.#log.warn(this.#shown(from), ` ${words.missing(messages)}`));
  }

  memberJoined(_room: ClientRoom, member: Member): void {
    if (this.#room === undefined) {
      this.#came.add(member.id);
    }
    this.#whenBegun(() => {
      this.#members.set(member.id, member);
      if (member.isVerified) {
        this.#log.event(this.#shown(member), " came in.");
      } else {
        this.#warnOf(member);
      }
      this.#view.membersChanged();
      this.#view.somebodyCame();
    });
  }

  memberLeft(_room: ClientRoom, member: Member, reason: LeftReason): void {
    this.#whenBegun(() => {
      this.#members.delete(member.id);
      this.#log.event(this.#shown(member), reason === "left" ? " left." : " was disconnected.");
      this.names.forget(member.id);
      this.#view.membersChanged();
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

  #warnOf(member: Member): void {
    if (!member.isVerified) {
      const warning = this.#log.warn("Be careful: ", this.#shown(member), ` ${words.WARNING[member.status]}`);
      // The banner above says it aloud.
      warning.setAttribute("aria-live", "off");
    }
  }
}
