import { AEAD_KEY_BYTES, NONCE_BYTES, open, seal } from "./aead.js";
import type { Audience } from "./audience.js";
import type { Bundle } from "./bundle.js";
import { concat, int4, readInt4, wipe, type Bytes } from "./bytes.js";
import { ChainId } from "./chainId.js";
import { CHAIN_LENGTH } from "./chainKey.js";
import { SIGNATURE_BYTES } from "./ed25519.js";
import { Envelope, KIND } from "./envelope.js";
import { hkdf, using } from "./kdf.js";
import { LABEL } from "./label.js";
import { Padding } from "./padding.js";
import { Rejected } from "./rejection.js";
import type { SenderChain } from "./senderChain.js";
import { CHAIN_ID_BYTES, MESSAGE_HEADER_BYTES, MESSAGE_OVERHEAD_BYTES } from "./sizes.js";
import { originOf, type Speaker } from "./speaker.js";

/**
 * A text under the key of one index of a chain, signed by its sender. The body of its envelope is `chain_id(16) ‖
 * index(4) ‖ AES-256-GCM ‖ sig(64)`; room, sender, audience, chain and index are bound to both ciphertext and signature.
 */
export class SealedMessage {
  readonly #associated: Bytes;
  readonly #ciphertext: Bytes;

  private constructor(
    readonly chain: ChainId,
    readonly index: number,
    associated: Bytes,
    ciphertext: Bytes,
  ) {
    this.#associated = associated;
    this.#ciphertext = ciphertext;
  }

  /** Seals a padded text with the next key of `chain`, and erases that key. */
  static async seal(from: Speaker, audience: Audience, chain: SenderChain, padded: Bytes): Promise<Envelope> {
    const header = concat(chain.id.bytes, int4(chain.index));
    const place = placeOf(from.origin, audience, header);
    const ciphertext = await withKeys(await chain.nextMessageKey(), (key, nonce) =>
      seal(key, nonce, concat(LABEL.MESSAGE, place), padded),
    );
    const signature = await from.identity.sign(signedPart(place, ciphertext));
    return new Envelope(KIND.MESSAGE, audience, concat(header, ciphertext, signature));
  }

  /**
   * Reads a message that `from` has signed.
   *
   * @param self this client, which must be in the room that it was signed for
   * @throws Rejected with `MALFORMED` or `BAD_SIGNATURE`
   */
  static async read(self: Speaker, from: Bundle, { body, audience }: Envelope): Promise<SealedMessage> {
    if (body.length <= MESSAGE_OVERHEAD_BYTES) {
      throw new Rejected("MALFORMED");
    }
    const signatureAt = body.length - SIGNATURE_BYTES;
    const header = body.slice(0, MESSAGE_HEADER_BYTES);
    const ciphertext = body.slice(MESSAGE_HEADER_BYTES, signatureAt);
    const place = placeOf(originOf(self.room, from.hash), audience, header);
    if (!(await from.hasSigned(body.slice(signatureAt), signedPart(place, ciphertext)))) {
      throw new Rejected("BAD_SIGNATURE");
    }
    const index = readIndex(header, CHAIN_ID_BYTES);
    return new SealedMessage(ChainId.read(header), index, concat(LABEL.MESSAGE, place), ciphertext);
  }

  /**
   * Opens the message and erases its key.
   *
   * @param messageKey the one of its chain and index
   * @throws Rejected with `BAD_SEALING` or `BAD_PLAINTEXT`
   */
  async open(messageKey: Bytes): Promise<string> {
    const padded = await withKeys(messageKey, (key, nonce) => open(key, nonce, this.#associated, this.#ciphertext));
    if (padded === undefined) {
      throw new Rejected("BAD_SEALING");
    }
    const text = Padding.MESSAGE.unpad(padded);
    wipe(padded);
    if (text === undefined) {
      throw new Rejected("BAD_PLAINTEXT");
    }
    return text;
  }
}

/**
 * Takes four bytes, big-endian.
 *
 * @throws Rejected with `MALFORMED` if that is no index of a chain
 */
export function readIndex(from: Bytes, at: number): number {
  const index = readInt4(from, at);
  if (index >= CHAIN_LENGTH) {
    throw new Rejected("MALFORMED");
  }
  return index;
}

function placeOf(origin: Bytes, audience: Audience, header: Bytes): Bytes {
  return concat(origin, Envelope.header(KIND.MESSAGE, audience), header);
}

function signedPart(place: Bytes, ciphertext: Bytes): Bytes {
  return concat(LABEL.MESSAGE_SIGNATURE, place, ciphertext);
}

/** Derives a key and a nonce, uses them once, and erases them and what they come from. */
async function withKeys<T>(messageKey: Bytes, use: (key: Bytes, nonce: Bytes) => Promise<T>): Promise<T> {
  const derived = await using(messageKey, (secret) => hkdf(secret, LABEL.MESSAGE_KEY, AEAD_KEY_BYTES + NONCE_BYTES));
  return using(derived, (keys) => use(keys.subarray(0, AEAD_KEY_BYTES), keys.subarray(AEAD_KEY_BYTES)));
}
