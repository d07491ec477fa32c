import { utf8, wipe, type Bytes } from "./bytes.js";

const END = 0x80;
const HALF_A_PAIR = /\p{Surrogate}/u;
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Hides the length of a text: UTF-8, the byte 0x80, and zeros up to the next power of two. Each kind of text has a
 * smallest and a largest size, so that the relay sees one of a few.
 */
export class Padding {
  /** 256 bytes to 32 KiB. */
  static readonly MESSAGE = new Padding(256, 32 * 1024);
  /** 64 to 512 bytes. */
  static readonly NAME = new Padding(64, 512);

  private constructor(
    readonly smallest: number,
    readonly maxBytes: number,
  ) {}

  /** The length of the longest text, in bytes of UTF-8. */
  get maxTextBytes(): number {
    return this.maxBytes - 1;
  }

  /**
   * Returns the padded text, which the caller wipes.
   *
   * @throws RangeError if the text is too long, or holds half a surrogate pair
   */
  pad(text: string): Bytes {
    if (HALF_A_PAIR.test(text)) {
      throw new RangeError("a text holds half a surrogate pair");
    }
    const encoded = utf8(text);
    if (encoded.length > this.maxTextBytes) {
      throw new RangeError(`a text has at most ${this.maxTextBytes} bytes`);
    }
    const padded = new Uint8Array(this.#bucket(encoded.length + 1));
    padded.set(encoded);
    padded[encoded.length] = END;
    wipe(encoded);
    return padded;
  }

  /** Returns the text, or undefined if `padded` is not what {@link pad} makes of any. */
  unpad(padded: Bytes): string | undefined {
    let end = padded.length - 1;
    while (end >= 0 && padded[end] === 0) {
      end--;
    }
    if (padded[end] !== END || end >= this.maxBytes || padded.length !== this.#bucket(end + 1)) {
      return undefined;
    }
    try {
      return DECODER.decode(padded.subarray(0, end));
    } catch {
      return undefined;
    }
  }

  #bucket(length: number): number {
    let bucket = this.smallest;
    while (bucket < length) {
      bucket *= 2;
    }
    return bucket;
  }
}

/**
 * Checks what a person or a room is called.
 *
 * @throws RangeError if the name is too long, or holds half a surrogate pair
 */
export function requireName(name: string): void {
  wipe(Padding.NAME.pad(name));
}
