/** Bytes in memory that WebCrypto takes: not those of a SharedArrayBuffer. */
export type Bytes = Uint8Array<ArrayBuffer>;

export function concat(...parts: Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** Overwrites secrets. Copies that the engine or a library has made of them are out of reach. */
export function wipe(...secrets: Bytes[]): void {
  for (const secret of secrets) {
    secret.fill(0);
  }
}

/** Returns whether both are the same; in a time that depends on their lengths alone. */
export function equal(one: Bytes, other: Bytes): boolean {
  if (one.length !== other.length) {
    return false;
  }
  let difference = 0;
  for (let i = 0; i < one.length; i++) {
    difference |= one[i]! ^ other[i]!;
  }
  return difference === 0;
}

/** Returns a number in four bytes, big-endian. */
export function int4(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Returns the four bytes at a place as a number, big-endian and unsigned. */
export function readInt4(bytes: Bytes, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}

const ENCODER = new TextEncoder();

/** Returns the UTF-8 of a text; half a surrogate pair becomes U+FFFD. */
export function utf8(text: string): Bytes {
  return ENCODER.encode(text) as Bytes;
}

/** Draws so many random bytes. */
export type Random = (length: number) => Bytes;

/** Draws from the platform's secure source. */
export const secureRandom: Random = (length) => crypto.getRandomValues(new Uint8Array(length));
