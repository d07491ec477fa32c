import { TAG_BYTES } from "./aead.js";
import type { Audience } from "./audience.js";
import type { Bundle } from "./bundle.js";
import type { BundleHash } from "./bundleHash.js";
import { concat, int4, wipe, type Bytes } from "./bytes.js";
import { ChainId } from "./chainId.js";
import { CHAIN_KEY_BYTES } from "./chainKey.js";
import { SIGNATURE_BYTES } from "./ed25519.js";
import { Envelope, KIND } from "./envelope.js";
import { ENCAPSULATION_BYTES, seal } from "./hpke.js";
import { using } from "./kdf.js";
import { LABEL } from "./label.js";
import { Redacted } from "./redacted.js";
import { Rejected } from "./rejection.js";
import { readIndex } from "./sealedMessage.js";
import type { SenderChain } from "./senderChain.js";
import { CHAIN_ID_BYTES, INDEX_BYTES } from "./sizes.js";
import { originOf, type Speaker } from "./speaker.js";

const KEY_AT = CHAIN_ID_BYTES + INDEX_BYTES;
const PLAIN_BYTES = KEY_AT + CHAIN_KEY_BYTES;
const SEALED_BYTES = ENCAPSULATION_BYTES + PLAIN_BYTES + TAG_BYTES;
const BODY_BYTES = SEALED_BYTES + SIGNATURE_BYTES;

/**
 * Gives one member the key of a chain, from an index on: `chain_id(16) ‖ index(4) ‖ CK(32)`, sealed with HPKE to the
 * member's bundle and bound to the room, both bundles and the audience, and signed by the sender. The body of its
 * envelope is `enc(1120) ‖ ciphertext(68) ‖ sig(64)`.
 */
export class Handout extends Redacted {
  readonly #key: Bytes;

  private constructor(
    readonly chain: ChainId,
    readonly index: number,
    key: Bytes,
  ) {
    super("Handout");
    this.#key = key;
  }

  /** Seals `chain`, where it is now, for one member. */
  static async seal(from: Speaker, to: Bundle, audience: Audience, chain: SenderChain): Promise<Envelope> {
    const key = chain.copyKey();
    const plain = concat(chain.id.bytes, int4(chain.index), key);
    wipe(key);
    const associated = associatedOf(from.origin, to.hash, audience);
    const sealed = await using(plain, (text) => seal(to.kemKey, LABEL.HANDOUT, associated, text, from.random));
    const signature = await from.identity.sign(signedPart(associated, sealed));
    return new Envelope(KIND.HANDOUT, audience, concat(sealed, signature));
  }

  /**
   * Opens a handout.
   *
   * @param self this client, which it must have been sealed for
   * @param from the member that must have sealed it
   * @throws Rejected with `MALFORMED`, `BAD_SIGNATURE` or `BAD_SEALING`
   */
  static async open(self: Speaker, from: Bundle, envelope: Envelope): Promise<Handout> {
    const { body, audience } = envelope;
    if (body.length !== BODY_BYTES) {
      throw new Rejected("MALFORMED");
    }
    const sealed = body.slice(0, SEALED_BYTES);
    const associated = associatedOf(originOf(self.room, from.hash), self.identity.bundle.hash, audience);
    if (!(await from.hasSigned(body.slice(SEALED_BYTES), signedPart(associated, sealed)))) {
      throw new Rejected("BAD_SIGNATURE");
    }
    const plain = await self.identity.open(LABEL.HANDOUT, associated, sealed);
    if (plain === undefined) {
      throw new Rejected("BAD_SEALING");
    }
    try {
      return new Handout(ChainId.read(plain), readIndex(plain, CHAIN_ID_BYTES), plain.slice(KEY_AT));
    } finally {
      wipe(plain);
    }
  }

  /** The chain key itself, not a copy. */
  get key(): Bytes {
    return this.#key;
  }

  wipe(): void {
    wipe(this.#key);
  }
}

function associatedOf(origin: Bytes, recipient: BundleHash, audience: Audience): Bytes {
  return concat(origin, recipient.bytes, Envelope.header(KIND.HANDOUT, audience));
}

function signedPart(associated: Bytes, sealed: Bytes): Bytes {
  return concat(LABEL.HANDOUT_SIGNATURE, associated, sealed);
}
