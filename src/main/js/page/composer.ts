import type { Member } from "../src/index.js";
import { byId, make, setError } from "./dom.js";
import { bytesOf } from "./text.js";
import * as words from "./words.js";

/** The longest text that can be sealed, docs/e2ee.md. */
const MAX_BYTES = 32767;
/** From how much on it is shown how much there is. */
const NEAR = 30000;

/** Somebody who can be written to alone. */
export interface Addressee {
  member: Member;
  /** What they are called here. */
  name: string;
}

/** Stands for somebody chosen who is gone; no member has it as an id. */
const GONE = "gone";
const NOT_HERE = "They are not here any more. Choose who is to get this.";

/** Where one writes. */
export class Composer {
  readonly #form = byId<HTMLFormElement>("composer");
  readonly #text = byId<HTMLTextAreaElement>("text");
  readonly #to = byId<HTMLSelectElement>("to");
  readonly #length = byId("length");
  readonly #say: (text: string, to: Member | undefined) => void;
  /** Who can be chosen, by id. */
  #here = new Map<string, Member>();

  /** @param say told what is to be said, which fits, and there is something in it; and who alone is to get it */
  constructor(say: (text: string, to: Member | undefined) => void) {
    this.#say = say;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#text.addEventListener("keydown", (event) => this.#pressed(event));
    this.#text.addEventListener("input", () => this.#changed());
    this.#to.addEventListener("change", () => this.#chosen());
    // On a phone, the key that ends a line ends a line: the button beside it sends.
    this.#text.enterKeyHint = onlyTouch() ? "enter" : "send";
  }

  show(): void {
    this.#form.hidden = false;
    this.#changed();
  }

  /** What was begun and is not sent; empty if there is nothing in it. */
  get draft(): string {
    return this.#text.value.trim();
  }

  /** What was begun goes, and so do the names. */
  hide(): void {
    this.#form.hidden = true;
    this.#text.value = "";
    this.#to.value = "";
    this.offer([]);
  }

  focus(): void {
    this.#text.focus();
  }

  /**
   * Lets one choose among these whom to write to; there is a choice from two on. Who was chosen and is gone stays chosen,
   * and is not written to: what was meant for one is not for all.
   */
  offer(people: readonly Addressee[]): void {
    const chosen = this.#to.selectedOptions[0];
    const before = this.#here;
    this.#here = new Map(people.map(({ member }) => [member.id, member]));
    for (const option of [...this.#to.options].slice(1)) {
      // A server may give the id of one who is gone to somebody else, who is not meant.
      if (this.#here.get(option.value) !== before.get(option.value)) {
        if (option === chosen) {
          option.value = GONE;
          option.text += " (has left)";
        } else {
          option.remove();
        }
      }
    }
    for (const { member, name } of people) {
      if (before.get(member.id) !== member) {
        // What is said first is what is seen of a long name on a phone.
        const option = make("option", "", `Only ${name}`);
        option.value = member.id;
        this.#to.append(option);
      }
    }
    this.#chosen();
  }

  #chosen(): void {
    // Who is gone and not chosen any more cannot be chosen again.
    [...this.#to.options]
      .filter(({ value, selected }) => value !== "" && !selected && !this.#here.has(value))
      .forEach((option) => option.remove());
    const isToOne = this.#to.value !== "";
    byId("to-row").hidden = !isToOne && this.#to.options.length < 3;
    this.#form.classList.toggle("to-one", isToOne);
    this.#text.placeholder = isToOne ? `Message · ${this.#to.selectedOptions[0]?.text}` : "Message";
    // Not only to whoever has written something for them.
    const error = this.#to.value === GONE ? NOT_HERE : "";
    if (byId("to-error").textContent !== error) {
      setError("to-error", error);
    }
  }

  #pressed(event: KeyboardEvent): void {
    // 229 stands for a key that an input method takes; Safari says so after the composition has ended.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && !event.shiftKey && !composing && !onlyTouch()) {
      event.preventDefault();
      this.#send();
    }
  }

  #send(): void {
    // Half a character, as some ways of cutting a text leave it, cannot be sent.
    const text = this.#text.value.replace(/\p{Cs}/gu, "\uFFFD");
    if (text.trim() === "" || bytesOf(text) > MAX_BYTES) {
      this.#text.focus();
      return;
    }
    const to = this.#here.get(this.#to.value);
    if (to === undefined && this.#to.value !== "") {
      setError("to-error", NOT_HERE);
      this.#to.focus();
      return;
    }
    this.#text.value = "";
    this.#changed();
    this.#text.focus();
    this.#say(text, to);
  }

  #changed(): void {
    const { value } = this.#text;
    // A character has three bytes at most: most texts need not be counted.
    const bytes = value.length * 3 < NEAR ? 0 : bytesOf(value);
    const over = bytes > MAX_BYTES;
    this.#length.classList.toggle("over", over);
    this.#length.textContent = bytes < NEAR ? "" : words.spaceLeft(charactersLeft(value, bytes));
    this.#text.setAttribute("aria-invalid", String(over));
    this.#fit();
  }

  /** Where the style sheet cannot let the field grow with its text. */
  #fit(): void {
    if (!CSS.supports("field-sizing", "content")) {
      this.#text.style.height = "auto";
      this.#text.style.height = `${this.#text.scrollHeight + 2}px`;
    }
  }
}

/** About how many more characters fit, if they are of the kind that is there; less than 0 if there are too many. */
function charactersLeft(text: string, bytes: number): number {
  return Math.floor(((MAX_BYTES - bytes) * text.length) / bytes);
}

/** Returns whether there is nothing but fingers to write with. */
export function onlyTouch(): boolean {
  return matchMedia("(pointer: coarse) and (hover: none)").matches;
}
