import { fromBase64Url, toBase64Url } from "./base64.js";
import { equal, secureRandom, wipe, type Bytes } from "./bytes.js";
import { hkdf, KEY_BYTES } from "./kdf.js";
import type { Label } from "./label.js";
import { Redacted } from "./redacted.js";

const BYTES = 32;
const TEXT_LENGTH = 43;

/**
 * What those share who were invited to a room, and its server does not: 32 random bytes, drawn by the room's creator
 * for this room alone. Whoever has it can prove to have been invited.
 */
export class RoomSecret extends Redacted {
  readonly #value: Bytes;
  #isWiped = false;

  /** @internal Owns `value`, of 32 bytes, from here on. */
  constructor(value: Bytes) {
    super("RoomSecret");
    if (value.length !== BYTES) {
      throw new RangeError(`a room secret has ${BYTES} bytes`);
    }
    this.#value = value;
  }

  /** Draws a new secret. */
  static generate(): RoomSecret {
    return new RoomSecret(secureRandom(BYTES));
  }

  /** Reads what {@link toText} writes; undefined if `text` is anything else, even another spelling of the same bytes. */
  static parse(text: string): RoomSecret | undefined {
    const value = text.length === TEXT_LENGTH ? fromBase64Url(text, BYTES) : undefined;
    return value === undefined ? undefined : new RoomSecret(value);
  }

  /**
   * Returns the secret in base64url without padding: 43 characters. It cannot be wiped.
   *
   * @throws Error if this object is wiped
   */
  toText(): string {
    this.#requireNotWiped();
    return toBase64Url(this.#value);
  }

  /**
   * Returns another object with the same secret, to be wiped on its own.
   *
   * @throws Error if this object is wiped
   */
  copy(): RoomSecret {
    this.#requireNotWiped();
    return new RoomSecret(this.#value.slice());
  }

  /** Returns whether both are the same secret. */
  equals(other: RoomSecret): boolean {
    return equal(this.#value, other.#value);
  }

  /** @internal Returns the key for one purpose, which the caller wipes. */
  async derive(purpose: Label): Promise<Bytes> {
    this.#requireNotWiped();
    return hkdf(this.#value, purpose, KEY_BYTES);
  }

  /** Erases the secret. What it was cannot be had from this object any more, nor zeros instead. */
  wipe(): void {
    this.#isWiped = true;
    wipe(this.#value);
  }

  #requireNotWiped(): void {
    // An invite with zeros in it would let in whoever thinks of zeros.
    if (this.#isWiped) {
      throw new Error("the room secret is wiped");
    }
  }
}
