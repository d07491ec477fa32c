import { wipe, type Bytes } from "./bytes.js";
import { hmac, KEY_BYTES } from "./kdf.js";
import { Redacted } from "./redacted.js";

export const CHAIN_KEY_BYTES = KEY_BYTES;

/** How many messages a chain has keys for. */
export const CHAIN_LENGTH = 1024;

const MESSAGE_KEY = new Uint8Array([0x01]);
const NEXT = new Uint8Array([0x02]);

/**
 * The moving part of a chain: `MK_i = HMAC(CK_i, 0x01)`, `CK_{i+1} = HMAC(CK_i, 0x02)`. What it was before a step cannot
 * be found out from what it is after.
 */
export class ChainKey extends Redacted {
  readonly #key: Bytes;

  /** Owns `key`, of 32 bytes, from here on. */
  constructor(key: Bytes) {
    super("ChainKey");
    this.#key = key;
  }

  /** Erases `CK_i`, and returns `MK_i`, which the caller wipes. One step at a time. */
  async step(): Promise<Bytes> {
    const messageKey = await hmac(this.#key, MESSAGE_KEY);
    const next = await hmac(this.#key, NEXT);
    this.#key.set(next);
    wipe(next);
    return messageKey;
  }

  /** Returns `CK_i`, which the caller wipes. */
  copy(): Bytes {
    return this.#key.slice();
  }

  wipe(): void {
    wipe(this.#key);
  }
}
