import { wipe, type Bytes } from "./bytes.js";

/** Bytes of a tag, and of every symmetric key here. */
export const KEY_BYTES = 32;

const NO_SALT: Bytes = new Uint8Array(0);

/** HMAC-SHA256 (RFC 2104): 32 bytes. */
export async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

/** HKDF-SHA256 (RFC 5869), without a salt unless one is given: `length` bytes for one purpose. */
export async function hkdf(secret: Bytes, info: Bytes, length: number, salt: Bytes = NO_SALT): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, imported, length * 8));
}

/** SHA-256: 32 bytes. */
export async function sha256(message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", message));
}

/** SHA-512: 64 bytes. */
export async function sha512(message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-512", message));
}

/** Returns what `use` makes of a secret, and wipes the secret whatever happens. */
export async function using<T>(secret: Bytes, use: (secret: Bytes) => Promise<T>): Promise<T> {
  try {
    return await use(secret);
  } finally {
    wipe(secret);
  }
}
