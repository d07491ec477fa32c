import { byId } from "./dom.js";
import { bytesOf } from "./text.js";

/** The longest text that can be sealed, docs/e2ee.md. */
const MAX_BYTES = 32767;
/** From how much on it is shown how much there is. */
const NEAR = 30000;

/** Where one writes. */
export class Composer {
  readonly #form = byId<HTMLFormElement>("composer");
  readonly #text = byId<HTMLTextAreaElement>("text");
  readonly #length = byId("length");
  readonly #say: (text: string) => void;

  /** @param say told what is to be said; it fits, and there is something in it */
  constructor(say: (text: string) => void) {
    this.#say = say;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#text.addEventListener("keydown", (event) => this.#pressed(event));
    this.#text.addEventListener("input", () => this.#changed());
    // On a phone, the key that ends a line ends a line: the button beside it sends.
    this.#text.enterKeyHint = onlyTouch() ? "enter" : "send";
  }

  show(): void {
    this.#form.hidden = false;
    this.#text.value = "";
    this.#changed();
  }

  hide(): void {
    this.#form.hidden = true;
  }

  focus(): void {
    this.#text.focus();
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
    this.#text.value = "";
    this.#changed();
    this.#text.focus();
    this.#say(text);
  }

  #changed(): void {
    const { value } = this.#text;
    // A character has three bytes at most: most texts need not be counted.
    const bytes = value.length * 3 < NEAR ? 0 : bytesOf(value);
    const over = bytes > MAX_BYTES;
    this.#length.classList.toggle("over", over);
    this.#length.textContent = bytes < NEAR ? "" : this.#counted(bytes);
    this.#text.setAttribute("aria-invalid", String(over));
    this.#fit();
  }

  #counted(bytes: number): string {
    const number = new Intl.NumberFormat();
    const left = MAX_BYTES - bytes;
    return left >= 0
      ? `${number.format(left)} bytes are left.`
      : `Too long by ${number.format(-left)} bytes: shorten it, or send it in parts.`;
  }

  /** Where the style sheet cannot let the field grow with its text. */
  #fit(): void {
    if (!CSS.supports("field-sizing", "content")) {
      this.#text.style.height = "auto";
      this.#text.style.height = `${this.#text.scrollHeight + 2}px`;
    }
  }
}

/** Returns whether there is nothing but fingers to write with. */
export function onlyTouch(): boolean {
  return matchMedia("(pointer: coarse) and (hover: none)").matches;
}
