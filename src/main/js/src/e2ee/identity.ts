import { Bundle } from "./bundle.js";
import { wipe, type Bytes, type Random } from "./bytes.js";
import { ed25519, SEED_BYTES as SIGNING_SEED_BYTES, type SigningKey } from "./ed25519.js";
import { open, publicKeyOf, SEED_BYTES as KEM_SEED_BYTES } from "./hpke.js";
import type { Label } from "./label.js";
import { Redacted } from "./redacted.js";

/**
 * Who a client is in one room, from entering it to leaving it: an X-Wing and an Ed25519 key pair. Made anew each time,
 * so that nobody can be recognised from one room to the next, and so that nothing that was sent to an earlier identity
 * can be used against this one.
 */
export class Identity extends Redacted {
  readonly #kemSeed: Bytes;
  readonly #signingKey: SigningKey;
  readonly bundle: Bundle;

  private constructor(kemSeed: Bytes, signingKey: SigningKey, bundle: Bundle) {
    super("Identity");
    this.#kemSeed = kemSeed;
    this.#signingKey = signingKey;
    this.bundle = bundle;
  }

  /**
   * Makes the identity that two seeds stand for, and owns them from here on.
   *
   * @param kemSeed 32 bytes: the private key of X-Wing
   * @param signingSeed 32 bytes: the private key of RFC 8032 §5.1.5
   */
  static async of(kemSeed: Bytes, signingSeed: Bytes): Promise<Identity> {
    const signingKey = await (await ed25519).signingKey(signingSeed);
    const kemKey = await publicKeyOf(kemSeed);
    const signature = await signingKey.sign(Bundle.signedPart(kemKey, signingKey.publicKey));
    return new Identity(kemSeed, signingKey, await Bundle.of(kemKey, signingKey.publicKey, signature));
  }

  static generate(random: Random): Promise<Identity> {
    return Identity.of(random(KEM_SEED_BYTES), random(SIGNING_SEED_BYTES));
  }

  sign(message: Bytes): Promise<Bytes> {
    return this.#signingKey.sign(message);
  }

  /** Opens what was sealed to this identity; undefined if it was not. */
  open(info: Label, associated: Bytes, sealed: Bytes): Promise<Bytes | undefined> {
    return open(this.#kemSeed, info, associated, sealed);
  }

  /** Erases the private keys. */
  wipe(): void {
    wipe(this.#kemSeed);
    this.#signingKey.wipe();
  }
}
