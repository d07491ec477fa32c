import { type Bytes } from "./bytes.js";

// Function.apply takes only so many arguments.
const CHUNK = 8192;

/** Returns base64 (RFC 4648 §4) with padding. */
export function toBase64(bytes: Bytes): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary);
}

/**
 * Reads base64 with padding and nothing else in it, each bytes with one spelling.
 *
 * @returns undefined if there are more than `maxBytes`, or if `text` is anything else
 */
export function fromBase64(text: string, maxBytes: number): Bytes | undefined {
  if (text.length > Math.ceil(maxBytes / 3) * 4 || text.length % 4 !== 0) {
    return undefined;
  }
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  // The decoder also takes white space, and bits behind the last byte.
  if (binary.length > maxBytes || btoa(binary) !== text) {
    return undefined;
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = binary.charCodeAt(i);
  }
  return bytes;
}

/** Returns base64url (RFC 4648 §5) without padding. */
export function toBase64Url(bytes: Bytes): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Reads base64url without padding, each bytes with one spelling; undefined if `text` is anything else. */
export function fromBase64Url(text: string, maxBytes: number): Bytes | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) {
    return undefined;
  }
  const padding = "=".repeat((4 - (text.length % 4)) % 4);
  return fromBase64(text.replaceAll("-", "+").replaceAll("_", "/") + padding, maxBytes);
}
