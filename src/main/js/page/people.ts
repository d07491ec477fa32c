import type { Member } from "../src/index.js";
import type { Conversation } from "./conversation.js";
import { closeDialog, openDialog } from "./dialogs.js";
import { byId, icon, make } from "./dom.js";
import { avatar } from "./log.js";
import { asText, type Shown } from "./names.js";
import * as words from "./words.js";

/**
 * For how long somebody who is left out is not warned of, in milliseconds: whose invite is damaged goes again by
 * themselves, and nothing is sent to them meanwhile.
 */
const CALM_MS = 2000;

/** Who is in the room, and what is known of them: beside the conversation where there is space, else in a dialog. */
export class People {
  readonly #list = byId("people-list");
  readonly #presence = byId("presence");
  readonly #banner = byId("banner");
  readonly #beside = matchMedia("(min-width: 960px)");
  /** What the list has of each, by id; of oneself by the empty one. */
  readonly #entries = new Map<string, Entry>();
  #leftOut: Shown[] = [];
  /** Whether the safety numbers of two people differ, as they say. */
  #differ = false;
  #calm: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#place();
    this.#beside.addEventListener("change", () => this.#place());
    this.#presence.addEventListener("click", () => this.#open());
    byId("banner-who").addEventListener("click", () => this.#open());
  }

  /**
   * Shows who is there now. What is as it was stays in its place.
   *
   * @param owned whether the person at this page made the room
   * @param answer what people have answered about the safety number
   */
  show({ members, names, owner }: Conversation, owned: boolean, answer: words.Answer): void {
    const here = new Set(["", ...members.map(({ id }) => id)]);
    for (const [id, entry] of this.#entries) {
      if (!here.has(id)) {
        entry.element.remove();
        this.#entries.delete(id);
      }
    }
    this.#entry("", names.own, "hue-own", owned ? "you, made the room" : "you");
    for (const member of members) {
      const who = names.of(member.id, member.username);
      const role = member.id === owner ? "made the room" : "";
      this.#entry(member.id, who, `hue-${who.hue}`, role).stand(member, answer, member.id === owner);
    }
    const leftOut = members.filter((member) => !member.isVerified);
    byId("people-title").textContent = members.length === 0 ? "You are alone" : `${members.length + 1} people`;
    const standings = members.map(({ id, status }) => words.standing(status, answer, id === owner));
    const numbers = [names.own, ...members.map(({ id, username }) => names.of(id, username))].map(({ number }) => number);
    const note = words
      .peopleNote(standings, numbers)
      .map(([word, meaning]) => make("p", "", make("strong", "", `${word}:`), ` ${meaning}`));
    byId("people-note").replaceChildren(...note);
    byId("presence-text").textContent = words.presence(members.length + 1, leftOut.length, answer, owned);
    this.#presence.className = `presence ${standing(members.length, leftOut.length, answer)}`;
    this.#differ = answer === "other";
    this.#leftOut = leftOut.map((member) => names.of(member.id, member.username));
    this.#warnInAWhile();
  }

  /** Nobody is named any more. */
  clear(): void {
    this.end();
    this.#list.replaceChildren();
    this.#entries.clear();
  }

  /** The room is no more: nobody is in it, and nobody need be warned. */
  end(): void {
    this.#leftOut = [];
    this.#differ = false;
    this.#warn();
    this.#presence.className = "presence alone";
    byId("presence-text").textContent = "Ended";
    byId("people-title").textContent = "Who was here";
    byId("people-note").replaceChildren();
  }

  #entry(id: string, who: Shown, hue: string, role: string): Entry {
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      entry = new Entry(who, hue, role);
      this.#entries.set(id, entry);
      this.#list.append(entry.element);
    }
    return entry;
  }

  /** At once where people were warned already, or need not be any more. */
  #warnInAWhile(): void {
    if (!this.#banner.hidden || this.#differ || this.#leftOut.length === 0) {
      this.#warn();
    } else {
      this.#calm ??= setTimeout(() => this.#warn(), CALM_MS);
    }
  }

  #warn(): void {
    clearTimeout(this.#calm);
    this.#calm = undefined;
    const [first] = this.#leftOut;
    this.#banner.hidden = first === undefined && !this.#differ;
    byId("banner-who").hidden = first === undefined;
    const text: (string | HTMLElement)[] = this.#differ ? [words.DIFFER] : [];
    if (first !== undefined) {
      const { length } = this.#leftOut;
      const who = length === 1 ? [make("bdi", "", asText(first)), " is"] : [`${length} people here are`];
      text.push(this.#differ ? " " : "", "Be careful: ", ...who, " left out of what is said here.");
    }
    // The same again would be read out again.
    if (byId("banner-text").textContent !== text.map((one) => (typeof one === "string" ? one : one.textContent)).join("")) {
      byId("banner-text").replaceChildren(...text);
    }
  }

  #place(): void {
    const place = this.#beside.matches ? "side" : "people-place";
    byId(place).append(byId("people"));
    if (this.#beside.matches) {
      closeDialog("people-dialog");
    }
  }

  #open(): void {
    if (this.#beside.matches) {
      byId("people-title").focus();
    } else {
      openDialog("people-dialog");
    }
  }
}

function standing(others: number, leftOut: number, answer: words.Answer): string {
  if (others === 0) {
    return "alone";
  }
  return leftOut > 0 ? "suspicious" : KINDS[answer];
}

const KINDS = { same: "verified", other: "suspicious", none: "invited" } as const;
const ICONS = { invited: "letter", verified: "shield", suspicious: "warning" };

/** What the list has of one person. */
class Entry {
  readonly element: HTMLElement;
  #standing: HTMLElement | undefined;

  constructor(who: Shown, hue: string, role: string) {
    const name = make("div", "person-name", make("bdi", "name", who.name));
    if (who.number > 1) {
      name.append(make("span", "number", `#${who.number}`));
    }
    if (role !== "") {
      name.append(make("span", "role", role));
    }
    this.element = make("li", `person ${hue}`, avatar(who), name);
  }

  /** Says what is known of a member. */
  stand({ status, isVerified }: Member, answer: words.Answer, madeRoom: boolean): void {
    const kind = isVerified ? KINDS[answer] : "suspicious";
    const text = words.standing(status, answer, madeRoom);
    if (this.#standing?.textContent !== text) {
      const standing = make("div", `standing ${kind}`, icon(madeRoom && kind === "invited" ? "digits" : ICONS[kind]), make("span", "", text));
      this.#standing?.remove();
      this.#standing = standing;
      this.element.append(standing);
    }
  }
}
