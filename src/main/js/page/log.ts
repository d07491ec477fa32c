import { bubble, UNFOLDED } from "./bubble.js";
import { byId, icon, make } from "./dom.js";
import type { Shown } from "./names.js";
import { times as timesOf } from "./words.js";

/** A part of a notice: words, or what somebody is called. */
export type Word = string | Shown;

/** One's own message, from when it is written until it is known what became of it. */
export interface Outgoing {
  /** @param remark what there is to say beside that it was sent; empty if all is as it should be */
  sent(remark: string): void;
  /** @param again what a press on the button does; undefined if there is no use in it */
  failed(why: string, again: (() => void) | undefined): void;
}

/** Whom a message is for, where it is not for all; and who that is. */
type Whom = Shown | "you" | undefined;

interface Turn {
  /** Who speaks; undefined for oneself. */
  who: string | undefined;
  began: number;
  said: HTMLElement;
}

/** For how long what one person says stands together. */
const TURN_MS = 5 * 60_000;
/** How near to the end counts as being there, in pixels. */
const NEAR = 48;
/** How many messages and notices a page can show and stay quick; past it the oldest go. */
const MAX_SHOWN = 4000;
/** How many kinds of notices are counted; a server can make up any number of them. */
const MAX_COUNTED = 200;

const TIME = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

/** What is said and happens in the room, newest below. */
export class Log {
  readonly #scroller = byId("log");
  readonly #inner = byId("log-inner");
  readonly #unreadButton = byId("unread");
  readonly #shown: HTMLElement[] = [];
  /** Notices that may come again, and how often they have. */
  readonly #counted = new Map<string, { element: HTMLElement; times: number }>();
  #turn: Turn | undefined;
  #day = "";
  #unread = 0;
  #atEnd = true;
  /** How far down it was when that was last told, or brought about here. */
  #top = 0;
  #willFollow = false;
  /** How large the log was when that was last told. */
  #size = "";

  constructor() {
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#scroller.addEventListener(UNFOLDED, () => this.#lookWhere());
    this.#unreadButton.addEventListener("click", () => {
      this.scrollToEnd();
      byId("text").focus();
    });
    // An on-screen keyboard makes the room smaller: what was said last stays in sight.
    new ResizeObserver(() => this.#resized()).observe(this.#scroller);
  }

  /** Whether nothing was said and nothing has happened. */
  get isEmpty(): boolean {
    return this.#inner.childElementCount === 0;
  }

  /** Forgets everything. */
  clear(): void {
    this.#inner.replaceChildren();
    this.#shown.length = 0;
    this.#counted.clear();
    this.#turn = undefined;
    this.#day = DAY.format(new Date());
    this.#setUnread(0);
    this.#atEnd = true;
    this.#top = 0;
  }

  /** Shows what somebody said, to all or to the person at this page alone. */
  message(id: string, who: Shown, text: string, isPrivate: boolean): void {
    const now = new Date();
    const turn = this.#continued(id, now) ?? this.#begin(id, now, `turn hue-${who.hue}`, headOf(who, now));
    const aside = isPrivate ? ", to you alone" : "";
    const spoken = make("span", "visually-hidden", named(who), `${aside}, ${TIME.format(now)}: `);
    const message = make("div", "message", ...whom(isPrivate ? "you" : undefined), bubble(text, now, spoken));
    turn.said.append(message);
    this.#grown(message, true);
  }

  /**
   * Shows what one has written oneself.
   *
   * @param to who alone gets it; undefined if all do
   */
  own(text: string, to?: Shown): Outgoing {
    const now = new Date();
    const turn = this.#continued(undefined, now) ?? this.#begin(undefined, now, "turn own");
    const meta = make("div", "meta");
    const spoken = make("span", "visually-hidden", "You", ...(to === undefined ? [] : [", to ", named(to), " alone"]), ": ");
    const message = make("div", "message pending", ...whom(to), bubble(text, now, spoken), meta);
    // Whoever has just written it need not be told.
    message.setAttribute("aria-live", "off");
    const time = timeOf(now);
    meta.append("Sending…");
    turn.said.append(message);
    this.#grown(message, false);
    this.scrollToEnd();
    return {
      sent: (remark) => {
        message.className = remark === "" ? "message sent" : "message sent remarkable";
        meta.replaceChildren(time, remark === "" ? " · Sent" : ` · ${remark}`);
        this.#follow();
      },
      failed: (why, again) => {
        message.className = "message failed";
        message.removeAttribute("aria-live");
        meta.replaceChildren(make("span", "", why));
        if (again !== undefined) {
          const button = make("button", "again", "Try again");
          button.type = "button";
          button.addEventListener("click", () => {
            forget(message);
            again();
          });
          meta.append(button);
        }
        this.#follow();
      },
    };
  }

  /** Shows that something has happened. */
  event(...words: Word[]): void {
    const now = new Date();
    this.#add(now, eventOf(now, words));
  }

  /** Shows that something is not as it should be. */
  warn(...words: Word[]): HTMLElement {
    const now = new Date();
    const warning = warningOf(now, words);
    this.#add(now, warning);
    return warning;
  }

  /**
   * Shows that something has happened that may well happen again: all of a kind as one notice, in the place of the
   * newest, with how often it was.
   *
   * @param kind names what counts as the same
   * @param isWarning whether it is not as it should be
   */
  count(kind: string, isWarning: boolean, ...words: Word[]): HTMLElement {
    const known = this.#counted.get(kind);
    const isShown = known?.element.isConnected === true;
    const times = isShown ? known.times + 1 : 1;
    if (isShown) {
      this.#shown.splice(this.#shown.lastIndexOf(known.element), 1);
      known.element.remove();
    } else if (this.#counted.size >= MAX_COUNTED) {
      this.#counted.clear();
    }
    const now = new Date();
    const all = [...words, timesOf(times)];
    const element = isWarning ? warningOf(now, all) : eventOf(now, all);
    this.#counted.set(kind, { element, times });
    this.#add(now, element);
    return element;
  }

  /**
   * Says something else in the place of a calm notice that was counted.
   *
   * @returns whether it is still there
   */
  reword(kind: string, words: string): boolean {
    const known = this.#counted.get(kind);
    if (known?.element.isConnected !== true) {
      return false;
    }
    const time = known.element.querySelector("time") ?? "";
    known.element.replaceChildren(words, timesOf(known.times), " ", time);
    return true;
  }

  scrollToEnd(): void {
    this.#toEnd();
    this.#atEnd = true;
    this.#setUnread(0);
  }

  #toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#top = this.#scroller.scrollTop;
  }

  #add(now: Date, element: HTMLElement): void {
    this.#turn = undefined;
    this.#showDay(now);
    this.#inner.append(element);
    this.#grown(element, false);
  }

  /** Returns the turn that is going on, if it is this one's. */
  #continued(who: string | undefined, now: Date): Turn | undefined {
    const turn = this.#turn;
    return turn !== undefined && turn.who === who && now.getTime() - turn.began < TURN_MS && turn.said.isConnected
      ? turn
      : undefined;
  }

  #begin(who: string | undefined, now: Date, className: string, ...head: HTMLElement[]): Turn {
    this.#showDay(now);
    const said = make("div", "said");
    this.#inner.append(make("div", className, ...head, said));
    this.#turn = { who, began: now.getTime(), said };
    return this.#turn;
  }

  #showDay(now: Date): void {
    const day = DAY.format(now);
    if (day !== this.#day) {
      this.#day = day;
      const element = make("p", "day", day);
      this.#inner.append(element);
      this.#shown.push(element);
    }
  }

  #grown(by: HTMLElement, isNews: boolean): void {
    this.#shown.push(by);
    this.#shown.splice(0, Math.max(0, this.#shown.length - MAX_SHOWN)).forEach(forget);
    if (isNews && !this.#atEnd) {
      this.#setUnread(this.#unread + 1);
    }
    this.#follow();
  }

  /** Once for all that comes before the page is drawn again: to measure it is to lay it out. */
  #follow(): void {
    if (this.#atEnd && !this.#willFollow) {
      this.#willFollow = true;
      requestAnimationFrame(() => {
        this.#willFollow = false;
        if (this.#atEnd) {
          this.#toEnd();
        }
      });
    }
  }

  /** The log is higher or wider than it was, or less so: a phone is turned, or a keyboard comes. */
  #resized(): void {
    this.#size = this.#measure();
    if (this.#atEnd) {
      this.#toEnd();
    }
  }

  #measure(): string {
    return `${this.#scroller.clientWidth} ${this.#scroller.clientHeight}`;
  }

  #scrolled(): void {
    if (this.#size !== this.#measure()) {
      // Nobody has scrolled: what is in it has moved.
      return;
    }
    // Who was at the end, and has not gone up, is there still, however much has come in below since.
    if (!this.#atEnd || this.#scroller.scrollTop < this.#top) {
      this.#lookWhere();
    }
    this.#top = this.#scroller.scrollTop;
  }

  #lookWhere(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#atEnd) {
      this.#setUnread(0);
    }
  }

  #setUnread(unread: number): void {
    this.#unread = unread;
    this.#unreadButton.hidden = unread === 0;
    this.#unreadButton.textContent = unread === 1 ? "1 new message" : `${unread} new messages`;
  }
}

/** Takes something away, and the turn with the last that was said in it. */
function forget(element: HTMLElement): void {
  const turn = element.closest(".turn");
  element.remove();
  if (turn !== null && turn.querySelector(".message") === null) {
    turn.remove();
  }
}

/** Makes what stands for somebody; names are apart from what is around them, in whichever direction they are written. */
export function named(who: Shown): Node {
  const name = document.createDocumentFragment();
  name.append(make("bdi", "", who.name));
  if (who.number > 1) {
    name.append(` #${who.number}`);
  }
  return name;
}

/** Makes the sign in a circle by which people are found. */
export function avatar(who: Shown): HTMLElement {
  const circle = make("span", "avatar", Array.from(who.name)[0]?.toUpperCase() ?? "");
  circle.setAttribute("aria-hidden", "true");
  return circle;
}

function eventOf(now: Date, words: Word[]): HTMLElement {
  return make("p", "event", ...words.map(wordOf), " ", timeOf(now));
}

function warningOf(now: Date, words: Word[]): HTMLElement {
  return make("div", "event warning", icon("warning"), make("p", "", ...words.map(wordOf), " ", timeOf(now)));
}

/** Says above a message whom it is for; those who listen are told with the message. */
function whom(to: Whom): HTMLElement[] {
  if (to === undefined) {
    return [];
  }
  const label = make("p", "whom", icon("lock"), make("span", "", "To ", to === "you" ? to : named(to), " alone"));
  label.setAttribute("aria-hidden", "true");
  return [label];
}

function wordOf(word: Word): Node | string {
  return typeof word === "string" ? word : named(word);
}

function headOf(who: Shown, now: Date): HTMLElement {
  const head = make("div", "turn-head", avatar(who), make("bdi", "name", who.name));
  if (who.number > 1) {
    head.append(make("span", "number", `#${who.number}`));
  }
  head.append(timeOf(now));
  // Each message says it again for those who listen.
  head.setAttribute("aria-hidden", "true");
  return head;
}

function timeOf(date: Date): HTMLElement {
  const time = make("time", "", TIME.format(date));
  time.dateTime = date.toISOString();
  return time;
}
