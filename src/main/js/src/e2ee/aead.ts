import type { Bytes } from "./bytes.js";

/** AES-256-GCM (NIST SP 800-38D), the tag of 16 bytes behind the ciphertext. */

export const AEAD_KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

export async function seal(key: Bytes, nonce: Bytes, associated: Bytes, plain: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  return new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, associated), imported, plain));
}

/** Returns the plaintext, or undefined if any of the four is not what it was sealed with. */
export async function open(key: Bytes, nonce: Bytes, associated: Bytes, sealed: Bytes): Promise<Bytes | undefined> {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(nonce, associated), imported, sealed));
  } catch {
    return undefined;
  }
}

function parameters(iv: Bytes, additionalData: Bytes): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData, tagLength: TAG_BYTES * 8 };
}
