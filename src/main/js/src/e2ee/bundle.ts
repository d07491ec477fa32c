import { BundleHash } from "./bundleHash.js";
import { concat, type Bytes } from "./bytes.js";
import { ed25519, isPrimeOrder, PUBLIC_KEY_BYTES as SIGNING_KEY_BYTES, SIGNATURE_BYTES } from "./ed25519.js";
import { accepts, PUBLIC_KEY_BYTES as KEM_KEY_BYTES } from "./hpke.js";
import { LABEL } from "./label.js";

const VERSION = 1;
const SIGNING_KEY_AT = 1 + KEM_KEY_BYTES;
const SIGNATURE_AT = SIGNING_KEY_AT + SIGNING_KEY_BYTES;

export const BUNDLE_BYTES = SIGNATURE_AT + SIGNATURE_BYTES;

/**
 * The public half of an {@link Identity}, signed by itself: `0x01 ‖ kem_public(1216) ‖ sig_public(32) ‖ sig(64)`, the
 * signature over {@link LABEL.BUNDLE} and both keys.
 */
export class Bundle {
  readonly #encoded: Bytes;
  readonly hash: BundleHash;

  private constructor(encoded: Bytes, hash: BundleHash) {
    this.#encoded = encoded;
    this.hash = hash;
  }

  /** Puts together what an identity has made. */
  static async of(kemKey: Bytes, signingKey: Bytes, signature: Bytes): Promise<Bundle> {
    const encoded = concat(new Uint8Array([VERSION]), kemKey, signingKey, signature);
    return new Bundle(encoded, await BundleHash.of(encoded));
  }

  /** Returns what the signature in a bundle is over. */
  static signedPart(kemKey: Bytes, signingKey: Bytes): Bytes {
    return concat(LABEL.BUNDLE, kemKey, signingKey);
  }

  /**
   * Reads a bundle.
   *
   * @returns undefined if it has another form, its signature is not of its own key, or nothing can be sealed to it
   */
  static async parse(encoded: Bytes): Promise<Bundle | undefined> {
    if (encoded.length !== BUNDLE_BYTES || encoded[0] !== VERSION) {
      return undefined;
    }
    const copy = encoded.slice();
    const bundle = new Bundle(copy, await BundleHash.of(copy));
    const signingKey = bundle.#signingKey();
    const signed = Bundle.signedPart(bundle.kemKey, signingKey);
    const isSound =
      isPrimeOrder(signingKey) &&
      (await bundle.hasSigned(copy.slice(SIGNATURE_AT), signed)) &&
      (await accepts(bundle.kemKey));
    return isSound ? bundle : undefined;
  }

  get encoded(): Bytes {
    return this.#encoded.slice();
  }

  /** What is sealed to the holder is sealed with this. */
  get kemKey(): Bytes {
    return this.#encoded.slice(1, SIGNING_KEY_AT);
  }

  /**
   * Returns whether the holder of this identity signed `message`.
   *
   * @param signature 64 bytes
   */
  async hasSigned(signature: Bytes, message: Bytes): Promise<boolean> {
    return (await ed25519).verify(this.#signingKey(), signature, message);
  }

  #signingKey(): Bytes {
    return this.#encoded.slice(SIGNING_KEY_AT, SIGNATURE_AT);
  }
}
