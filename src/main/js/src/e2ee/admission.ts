import { equal, wipe, type Bytes } from "./bytes.js";
import { hmac, KEY_BYTES } from "./kdf.js";
import { LABEL } from "./label.js";
import { Redacted } from "./redacted.js";
import type { RoomSecret } from "./roomSecret.js";

export const ADMISSION_BYTES = KEY_BYTES;

/**
 * Proves that a bundle was made by somebody who was invited: HMAC-SHA256 over the bundle, under the key that the room
 * secret yields for {@link LABEL.ADMISSION}.
 */
export class Admission extends Redacted {
  readonly #key: Bytes;

  private constructor(key: Bytes) {
    super("Admission");
    this.#key = key;
  }

  static async of(secret: RoomSecret): Promise<Admission> {
    return new Admission(await secret.derive(LABEL.ADMISSION));
  }

  tag(bundle: Bytes): Promise<Bytes> {
    return hmac(this.#key, bundle);
  }

  /** Returns whether `tag` is the one of `bundle`, in a time that tells nothing. */
  async verifies(bundle: Bytes, tag: Bytes): Promise<boolean> {
    return equal(await this.tag(bundle), tag);
  }

  /** Erases the key. */
  wipe(): void {
    wipe(this.#key);
  }
}
