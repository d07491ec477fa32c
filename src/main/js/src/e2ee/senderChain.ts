import type { Bytes, Random } from "./bytes.js";
import { ChainId } from "./chainId.js";
import { CHAIN_KEY_BYTES, CHAIN_LENGTH, ChainKey } from "./chainKey.js";
import { Redacted } from "./redacted.js";

/** The chain that this client takes the keys of its own messages from. */
export class SenderChain extends Redacted {
  readonly id: ChainId;
  readonly #key: ChainKey;
  #index = 0;

  private constructor(id: ChainId, key: ChainKey) {
    super("SenderChain");
    this.id = id;
    this.#key = key;
  }

  /** Draws a chain that is at its beginning. */
  static start(number: number, random: Random): SenderChain {
    const id = ChainId.next(number, random);
    return new SenderChain(id, new ChainKey(random(CHAIN_KEY_BYTES)));
  }

  /** The index of the next message. */
  get index(): number {
    return this.#index;
  }

  /** Whether there is no key left in it. */
  get isSpent(): boolean {
    return this.#index >= CHAIN_LENGTH;
  }

  /** Returns the key of the message at {@link index}, which the caller wipes, and moves on. */
  async nextMessageKey(): Promise<Bytes> {
    if (this.isSpent) {
      throw new Error(`a chain has ${CHAIN_LENGTH} keys`);
    }
    this.#index++;
    return this.#key.step();
  }

  /** Returns the chain key at {@link index}, which the caller wipes. */
  copyKey(): Bytes {
    return this.#key.copy();
  }

  wipe(): void {
    this.#key.wipe();
  }
}
