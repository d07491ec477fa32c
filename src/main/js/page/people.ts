import type { Member } from "../src/index.js";
import type { Conversation } from "./conversation.js";
import { closeDialog, openDialog } from "./dialogs.js";
import { byId, icon, make } from "./dom.js";
import { avatar } from "./log.js";
import { asText, type Shown } from "./names.js";
import * as words from "./words.js";

/** Who is in the room, and what is known of them: beside the conversation where there is space, else in a dialog. */
export class People {
  readonly #list = byId("people-list");
  readonly #presence = byId("presence");
  readonly #banner = byId("banner");
  readonly #beside = matchMedia("(min-width: 960px)");

  constructor() {
    this.#place();
    this.#beside.addEventListener("change", () => this.#place());
    this.#presence.addEventListener("click", () => this.#open());
    byId("banner-who").addEventListener("click", () => this.#open());
  }

  /**
   * Shows who is there now.
   *
   * @param owned whether the person at this page made the room
   * @param compared whether people have compared the safety number that holds now
   */
  show({ members, names, own, owner }: Conversation, owned: boolean, compared: boolean): void {
    const suspicious = members.filter((member) => !member.isVerified);
    const me: Shown = { name: own, number: 1, hue: 0 };
    this.#list.replaceChildren(
      person(me, "hue-own", owned ? "you, made the room" : "you", undefined),
      ...members.map((member) => {
        const who = names.of(member.id, member.username);
        return person(who, `hue-${who.hue}`, member.id === owner ? "made the room" : "", member);
      }),
    );
    byId("people-title").textContent = members.length === 0 ? "You are alone" : `${members.length + 1} people`;
    byId("people-note").textContent = words.peopleNote(members.length, suspicious.length);
    byId("presence-text").textContent = words.presence(members.length + 1, suspicious.length, compared);
    this.#presence.className = `presence ${standing(members.length, suspicious.length)}`;
    this.#warn(suspicious.map((member) => names.of(member.id, member.username)));
  }

  /** The room is no more: nobody is in it, and nobody need be warned. */
  end(): void {
    this.#banner.hidden = true;
    this.#presence.className = "presence alone";
    byId("presence-text").textContent = "Ended";
    byId("people-title").textContent = "Who was here";
  }

  #warn(suspicious: Shown[]): void {
    const [first] = suspicious;
    this.#banner.hidden = first === undefined;
    if (first !== undefined) {
      const who =
        suspicious.length === 1 ? [make("bdi", "", asText(first)), " is"] : [`${suspicious.length} people here are`];
      byId("banner-text").replaceChildren(
        "Be careful: ",
        ...who,
        " not verified. They are sent nothing, and not read.",
      );
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

function standing(others: number, suspicious: number): string {
  if (others === 0) {
    return "alone";
  }
  return suspicious === 0 ? "verified" : "suspicious";
}

function person(who: Shown, hue: string, role: string, member: Member | undefined): HTMLElement {
  const name = make("div", "person-name", make("bdi", "name", who.name));
  if (who.number > 1) {
    name.append(make("span", "number", `#${who.number}`));
  }
  if (role !== "") {
    name.append(make("span", "role", role));
  }
  const entry = make("li", `person ${hue}`, avatar(who), name);
  if (member !== undefined) {
    const kind = member.isVerified ? "verified" : "suspicious";
    const picture = icon(member.isVerified ? "shield" : "warning");
    entry.append(make("div", `standing ${kind}`, picture, make("span", "", words.STANDING[member.status])));
  }
  return entry;
}
