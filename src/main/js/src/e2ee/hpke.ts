import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { TAG_BYTES } from "./aead.js";
import { concat, wipe, type Bytes, type Random } from "./bytes.js";
import type { Label } from "./label.js";

/**
 * HPKE (RFC 9180) in base mode, for one plaintext a context, with X-Wing (draft-connolly-cfrg-xwing-kem), HKDF-SHA256
 * and AES-256-GCM: 0x647A, 0x0001, 0x0002.
 */

/** Bytes of a private key, which is the seed of the draft. */
export const SEED_BYTES = 32;
export const PUBLIC_KEY_BYTES = 1216;
export const ENCAPSULATION_BYTES = 1120;

/** Bytes that an encapsulation draws. */
export const ENCAPSULATION_SEED_BYTES = 64;

const KEM = new XWing();
const SUITE = new CipherSuite({ kem: KEM, kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Returns the public key of a private one. */
export async function publicKeyOf(seed: Bytes): Promise<Bytes> {
  const copy = seed.slice();
  try {
    const pair = await KEM.generateKeyPairDerand(copy);
    return new Uint8Array(await KEM.serializePublicKey(pair.publicKey)).slice();
  } finally {
    wipe(copy);
  }
}

/**
 * Returns whether something can be sealed to `publicKey`: its coefficients are in range (FIPS 203 §7.2) and its point is
 * not of small order (RFC 7748 §6.1).
 */
export async function accepts(publicKey: Bytes): Promise<boolean> {
  try {
    const recipientPublicKey = await importPublicKey(publicKey);
    await KEM.encap({ recipientPublicKey, ekm: new ArrayBuffer(ENCAPSULATION_SEED_BYTES) });
    return true;
  } catch {
    return false;
  }
}

function importPublicKey(publicKey: Bytes): Promise<CryptoKey> {
  return KEM.importKey("raw", publicKey.slice().buffer, true);
}

/** Returns the encapsulated key and, behind it, the ciphertext. */
export async function seal(
  publicKey: Bytes,
  info: Label,
  associated: Bytes,
  plain: Bytes,
  random: Random,
): Promise<Bytes> {
  const ekm = random(ENCAPSULATION_SEED_BYTES);
  try {
    const recipientPublicKey = await importPublicKey(publicKey);
    const context = await SUITE.createSenderContext({ recipientPublicKey, info, ekm });
    return concat(new Uint8Array(context.enc), new Uint8Array(await context.seal(plain, associated)));
  } finally {
    wipe(ekm);
  }
}

/**
 * Opens what {@link seal} returned.
 *
 * @param seed the private key, in a buffer of its own
 * @returns undefined if it was not sealed so for this key
 */
export async function open(seed: Bytes, info: Label, associated: Bytes, sealed: Bytes): Promise<Bytes | undefined> {
  if (sealed.length < ENCAPSULATION_BYTES + TAG_BYTES) {
    return undefined;
  }
  try {
    // Not a copy, so that nothing is left when the seed is wiped.
    const recipientKey = await KEM.importKey("raw", seed.buffer, false);
    const enc = sealed.slice(0, ENCAPSULATION_BYTES);
    const context = await SUITE.createRecipientContext({ recipientKey, enc, info });
    return new Uint8Array(await context.open(sealed.slice(ENCAPSULATION_BYTES), associated));
  } catch {
    return undefined;
  }
}
