import { concat, equal, int4, readInt4, type Bytes, type Random } from "./bytes.js";
import { Rejected } from "./rejection.js";
import { CHAIN_ID_BYTES } from "./sizes.js";

const RANDOM_BYTES = CHAIN_ID_BYTES - 4;
const MAX_NUMBER = 2 ** 31 - 1;

/**
 * Names a chain of one sender: its number, four bytes big-endian, and twelve random bytes. A sender counts its chains
 * up, so that an old one cannot be passed off as new.
 */
export class ChainId {
  readonly #value: Bytes;

  private constructor(value: Bytes) {
    this.#value = value;
  }

  /**
   * Draws an id.
   *
   * @param number 0 and up
   */
  static next(number: number, random: Random): ChainId {
    return new ChainId(concat(int4(number), random(RANDOM_BYTES)));
  }

  /**
   * Takes the first 16 bytes.
   *
   * @throws Rejected with `MALFORMED` if the number has its highest bit set
   */
  static read(from: Bytes): ChainId {
    if (readInt4(from, 0) > MAX_NUMBER) {
      throw new Rejected("MALFORMED");
    }
    return new ChainId(from.slice(0, CHAIN_ID_BYTES));
  }

  get bytes(): Bytes {
    return this.#value.slice();
  }

  isNewerThan(other: ChainId): boolean {
    return readInt4(this.#value, 0) > readInt4(other.#value, 0);
  }

  equals(other: ChainId): boolean {
    return equal(this.#value, other.#value);
  }
}
