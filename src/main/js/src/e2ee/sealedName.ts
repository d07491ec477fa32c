import { NONCE_BYTES, open, seal, TAG_BYTES } from "./aead.js";
import { fromBase64, toBase64 } from "./base64.js";
import type { BundleHash } from "./bundleHash.js";
import { concat, wipe, type Bytes, type Random } from "./bytes.js";
import { LABEL } from "./label.js";
import { Padding } from "./padding.js";
import { Redacted } from "./redacted.js";
import type { RoomSecret } from "./roomSecret.js";

const VERSION = 1;
const HEADER_BYTES = 1 + NONCE_BYTES;
const MAX_BYTES = HEADER_BYTES + Padding.NAME.maxBytes + TAG_BYTES;

/**
 * Hides the names of a room from its server: base64 of `0x01 ‖ nonce(12) ‖ AES-256-GCM`, under the key that the room
 * secret yields for {@link LABEL.METADATA}. A username is bound to the bundle of the member that it names; a room's name
 * to being one, since its key is that room's alone.
 */
export class SealedName extends Redacted {
  readonly #key: Bytes;

  private constructor(key: Bytes) {
    super("SealedName");
    this.#key = key;
  }

  static async of(secret: RoomSecret): Promise<SealedName> {
    return new SealedName(await secret.derive(LABEL.METADATA));
  }

  /**
   * Seals what a member is called.
   *
   * @throws RangeError if the name is too long, or holds half a surrogate pair
   */
  sealUsername(name: string, member: BundleHash, random: Random): Promise<string> {
    return this.#seal(name, usernameOf(member), random);
  }

  /** Returns what a member is called, or undefined if that was not sealed for this member. */
  openUsername(sealed: string, member: BundleHash): Promise<string | undefined> {
    return this.#open(sealed, usernameOf(member));
  }

  /**
   * Seals what the room is called.
   *
   * @throws RangeError if the name is too long, or holds half a surrogate pair
   */
  sealRoomName(name: string, random: Random): Promise<string> {
    return this.#seal(name, LABEL.ROOM_NAME, random);
  }

  /** Returns what the room is called, or undefined if that was not sealed for this room. */
  openRoomName(sealed: string): Promise<string | undefined> {
    return this.#open(sealed, LABEL.ROOM_NAME);
  }

  async #seal(name: string, associated: Bytes, random: Random): Promise<string> {
    const padded = Padding.NAME.pad(name);
    const nonce = random(NONCE_BYTES);
    const sealed = await seal(this.#key, nonce, associated, padded);
    wipe(padded);
    return toBase64(concat(new Uint8Array([VERSION]), nonce, sealed));
  }

  async #open(sealed: string, associated: Bytes): Promise<string | undefined> {
    const bytes = fromBase64(sealed, MAX_BYTES);
    if (bytes === undefined || bytes.length <= HEADER_BYTES || bytes[0] !== VERSION) {
      return undefined;
    }
    const padded = await open(this.#key, bytes.slice(1, HEADER_BYTES), associated, bytes.slice(HEADER_BYTES));
    return padded === undefined ? undefined : Padding.NAME.unpad(padded);
  }

  /** Erases the key. */
  wipe(): void {
    wipe(this.#key);
  }
}

function usernameOf(member: BundleHash): Bytes {
  return concat(LABEL.USERNAME, member.bytes);
}
