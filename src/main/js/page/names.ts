import { likeness, safeName } from "./text.js";

/** What somebody is called on this page. */
export interface Shown {
  /** Harmless, and maybe like that of another. */
  name: string;
  /** Tells apart those whose names are alike: 1, 2, …; shown from 2 on. */
  number: number;
  /** One of a few colours, in the order of coming in. */
  hue: number;
}

/** How many colours page.css has for people. */
const HUES = 8;

/**
 * What the members of a room are called on this page. A username is any text, and two members may have the same, or
 * one that looks the same: each gets a name and a number that nobody else had while this page is in the room.
 */
export class Names {
  readonly #shown = new Map<string, Shown>();
  readonly #taken = new Map<string, number>();
  #own: Shown;
  #people = 0;

  /** @param own what the person at this page is called */
  constructor(own: string) {
    this.#own = { name: own, number: 1, hue: 0 };
  }

  /** What the person at this page is called. */
  get own(): Shown {
    return this.#own;
  }

  /**
   * Counts the person at this page: after those who were there before, and before all others. All count in the order of
   * coming in, so that a number means the same person on every screen.
   */
  countOneself(): void {
    this.#own = { ...this.#own, number: this.#number(this.#own.name) };
  }

  /** Returns what a member is called, always the same while it is in the room. */
  of(id: string, username: string): Shown {
    let shown = this.#shown.get(id);
    if (shown === undefined) {
      // Who does not say who they are is nobody, whatever the server calls them.
      const name = safeName(username) || "nameless";
      shown = { name, number: this.#number(name), hue: this.#people++ % HUES };
      this.#shown.set(id, shown);
    }
    return shown;
  }

  /** Forgets who has left, but not the name: whoever comes back may be somebody else. */
  forget(id: string): void {
    this.#shown.delete(id);
  }

  #number(name: string): number {
    const key = likeness(name) || name;
    const number = (this.#taken.get(key) ?? 0) + 1;
    this.#taken.set(key, number);
    return number;
  }
}

/** Returns a name as one text, for where it cannot be set apart by its looks. */
export function asText(shown: Shown): string {
  return shown.number === 1 ? shown.name : `${shown.name} #${shown.number}`;
}
