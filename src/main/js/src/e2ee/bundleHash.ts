import type { Bytes } from "./bytes.js";
import { sha256 } from "./kdf.js";

/** Names an identity: the SHA-256 of its bundle. */
export class BundleHash {
  readonly #value: Bytes;
  /** In hexadecimal: equal and ordered as the bytes are. */
  readonly hex: string;

  private constructor(value: Bytes) {
    this.#value = value;
    this.hex = Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  static async of(bundle: Bytes): Promise<BundleHash> {
    return new BundleHash(await sha256(bundle));
  }

  /** 32 bytes. */
  get bytes(): Bytes {
    return this.#value.slice();
  }
}
