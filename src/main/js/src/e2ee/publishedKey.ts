import { ADMISSION_BYTES } from "./admission.js";
import { fromBase64 } from "./base64.js";
import { BUNDLE_BYTES } from "./bundle.js";
import type { Bytes } from "./bytes.js";
import { isRsaBlock } from "./rsaBlock.js";
import { pem } from "./pem.js";

const BUNDLE = "RESOLUTE PUBLIC KEY";
const ADMISSION = "RESOLUTE ADMISSION";
const BUNDLE_BEGINS = `-----BEGIN ${BUNDLE}-----\n`;
const BUNDLE_BLOCK = pem(BUNDLE, new Uint8Array(BUNDLE_BYTES)).length;
const LENGTH = BUNDLE_BLOCK + pem(ADMISSION, new Uint8Array(ADMISSION_BYTES)).length;
// An RSA block of the only size that there is has some 450 characters.
const MAX_RSA_BLOCK = 1024;

/**
 * What a member publishes as its public key: a PEM block with its bundle and one with the tag that admits it. In front
 * there may be one with an RSA key, for old peers. There is one spelling of each: lines of 64 characters, each ended by
 * a line feed, and nothing between the blocks.
 */
export class PublishedKey {
  private constructor(
    /** 1313 bytes, not checked. */
    readonly bundle: Bytes,
    /** 32 bytes, not checked. */
    readonly admission: Bytes,
  ) {}

  /** Returns the text of both blocks. */
  static toPem(bundle: Bytes, admission: Bytes): string {
    return pem(BUNDLE, bundle) + pem(ADMISSION, admission);
  }

  /** Returns whether a text claims to hold such a key. */
  static isClaimedBy(text: string): boolean {
    return text.includes(BUNDLE_BEGINS.trim());
  }

  /** Reads a text; undefined if it is not spelled as it must be. What is in it is not checked. */
  static parse(text: string): PublishedKey | undefined {
    const start = text.indexOf(BUNDLE_BEGINS);
    if (start < 0 || start > MAX_RSA_BLOCK || text.length !== start + LENGTH) {
      return undefined;
    }
    if (start > 0 && !isRsaBlock(text.slice(0, start))) {
      return undefined;
    }
    const middle = start + BUNDLE_BLOCK;
    const bundle = decode(BUNDLE, BUNDLE_BYTES, text.slice(start, middle));
    const admission = decode(ADMISSION, ADMISSION_BYTES, text.slice(middle));
    return bundle === undefined || admission === undefined ? undefined : new PublishedKey(bundle, admission);
  }
}

function decode(type: string, length: number, block: string): Bytes | undefined {
  const lines = block.slice(`-----BEGIN ${type}-----\n`.length, -`\n-----END ${type}-----\n`.length);
  const content = fromBase64(lines.replaceAll("\n", ""), length);
  return content !== undefined && pem(type, content) === block ? content : undefined;
}

