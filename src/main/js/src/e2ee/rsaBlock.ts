import { fromBase64 } from "./base64.js";
import type { Bytes } from "./bytes.js";
import { pem } from "./pem.js";

const TYPE = "RSA PUBLIC KEY";
const MODULUS_BYTES = 256;
// As the largest public exponent of Go's crypto/rsa: 31 bits.
const MAX_EXPONENT_BYTES = 4;
const MAX_BYTES = 4 + 4 + MODULUS_BYTES + 1 + 2 + MAX_EXPONENT_BYTES;

/**
 * Returns whether a text is one PEM block with the RSA key of an old peer (PKCS#1, RFC 8017 §A.1.1; 2048 bits, an odd
 * exponent from 3 to 2³¹−1), in its one spelling. This library does nothing with such a key.
 */
export function isRsaBlock(text: string): boolean {
  const lines = text.slice(`-----BEGIN ${TYPE}-----\n`.length, -`\n-----END ${TYPE}-----\n`.length);
  const der = fromBase64(lines.replaceAll("\n", ""), MAX_BYTES);
  return der !== undefined && pem(TYPE, der) === text && isRsaKey(der);
}

/** DER of a sequence of two integers, the lengths of which are known up to the exponent's. */
function isRsaKey(der: Bytes): boolean {
  const content = der.length - 4;
  const isFramed =
    startsWith(der, [0x30, 0x82, content >> 8, content & 0xff, 0x02, 0x82, 0x01, 0x01, 0x00]) && der[9]! >= 0x80;
  const exponent = der.subarray(9 + MODULUS_BYTES);
  const digits = exponent.subarray(2);
  return (
    isFramed &&
    exponent[0] === 0x02 &&
    exponent[1] === digits.length &&
    digits.length >= 1 &&
    digits.length <= MAX_EXPONENT_BYTES &&
    digits[0]! < 0x80 &&
    isShortest(digits) &&
    (digits[digits.length - 1]! & 1) === 1 &&
    (digits.length > 1 || digits[0]! >= 3)
  );
}

function isShortest(digits: Bytes): boolean {
  return digits.length === 1 || digits[0] !== 0 || digits[1]! >= 0x80;
}

function startsWith(bytes: Bytes, beginning: number[]): boolean {
  return beginning.every((byte, at) => bytes[at] === byte);
}
