import { wipe, type Bytes } from "./bytes.js";
import type { ChainId } from "./chainId.js";
import { ChainKey } from "./chainKey.js";
import type { Handout } from "./handout.js";
import { Redacted } from "./redacted.js";
import { Rejected } from "./rejection.js";

/** How many messages in a row may be missing. */
export const MAX_GAP = 256;

/** How many keys of missing messages are kept; past it the oldest is erased. */
export const MAX_SKIPPED = 256;

/** The chain of another member, from the index on at which it was handed to this client. */
export class ReceiverChain extends Redacted {
  readonly id: ChainId;
  readonly #first: number;
  readonly #key: ChainKey;
  readonly #skipped = new Map<number, Bytes>();
  #next: number;

  /** Starts at what was handed out, and owns its key from here on. */
  constructor(handout: Handout) {
    super("ReceiverChain");
    this.id = handout.chain;
    this.#first = handout.index;
    this.#next = handout.index;
    this.#key = new ChainKey(handout.key);
  }

  /** Returns how many messages are missing between the latest one and the one at `index`. */
  missingBefore(index: number): number {
    return Math.max(0, index - this.#next);
  }

  /**
   * Takes the key of a message out of the chain, which can be done once.
   *
   * @returns the key, which the caller wipes
   * @throws Rejected with `BEFORE_KEY`, `REPLAYED` or `GAP_TOO_LARGE`; the chain is then as it was
   */
  async take(index: number): Promise<Bytes> {
    if (index < this.#first) {
      throw new Rejected("BEFORE_KEY");
    }
    if (index < this.#next) {
      const late = this.#skipped.get(index);
      if (late === undefined) {
        throw new Rejected("REPLAYED");
      }
      this.#skipped.delete(index);
      return late;
    }
    if (this.missingBefore(index) > MAX_GAP) {
      throw new Rejected("GAP_TOO_LARGE");
    }
    while (this.#next < index) {
      await this.#skip();
    }
    this.#next++;
    return this.#key.step();
  }

  async #skip(): Promise<void> {
    if (this.#skipped.size === MAX_SKIPPED) {
      const [oldest, key] = this.#skipped.entries().next().value!;
      wipe(key);
      this.#skipped.delete(oldest);
    }
    this.#skipped.set(this.#next, await this.#key.step());
    this.#next++;
  }

  wipe(): void {
    this.#key.wipe();
    wipe(...this.#skipped.values());
    this.#skipped.clear();
  }
}
