import { toBase64 } from "./base64.js";
import type { Bytes } from "./bytes.js";

/** Returns a PEM block (RFC 7468) in its one spelling: lines of 64 characters, each ended by a line feed. */
export function pem(type: string, content: Bytes): string {
  const lines = toBase64(content).replace(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN ${type}-----\n${lines}\n-----END ${type}-----\n`;
}
