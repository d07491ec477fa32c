import { RequestRefusedError } from "./errors.js";
import type { Member, SendResult } from "./member.js";

/** Adds up what became of the parts of one message. */
export class SendTally {
  readonly #unreached: Member[];
  readonly #readers: number;
  #recipients = 0;

  /**
   * Starts at nothing.
   *
   * @param unreachable who is sent nothing
   * @param readers how many can read the message; the server also hands it to those who cannot
   */
  constructor(unreachable: readonly Member[], readers: number) {
    this.#unreached = [...unreachable];
    this.#readers = readers;
  }

  /**
   * Counts the answer to one part.
   *
   * @param isText whether the part is the text itself
   */
  count(isText: boolean, recipients: number): void {
    this.#recipients += isText ? recipients : 0;
  }

  /**
   * Counts the failure of one part, if it is that its recipient has left.
   *
   * @param recipient whom the part was for; undefined for everybody
   */
  countsAsGone(recipient: Member | undefined, why: Error): boolean {
    const isGone = why instanceof RequestRefusedError && why.code === "no-such-member";
    if (recipient === undefined || !isGone) {
      return false;
    }
    if (!this.#unreached.includes(recipient)) {
      this.#unreached.push(recipient);
    }
    return true;
  }

  result(): SendResult {
    const recipients = Math.min(this.#recipients, this.#readers);
    return Object.freeze({ recipients, unreached: Object.freeze(this.#unreached) });
  }
}
