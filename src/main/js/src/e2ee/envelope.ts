import { isAudience, type Audience } from "./audience.js";
import { fromBase64, toBase64 } from "./base64.js";
import { concat, type Bytes } from "./bytes.js";
import { Rejected } from "./rejection.js";
import { MAX_MESSAGE_BODY_BYTES } from "./sizes.js";

/** What is in an envelope, as it spells it. */
export const KIND = {
  /** The key of a chain: a {@link Handout}. */
  HANDOUT: 1,
  /** A {@link SealedMessage}. */
  MESSAGE: 2,
} as const;

export type Kind = (typeof KIND)[keyof typeof KIND];

const VERSION = 1;
const HEADER_BYTES = 3;
const MAX_BYTES = HEADER_BYTES + MAX_MESSAGE_BODY_BYTES;

/** What members send each other: base64 of `0x01 ‖ kind ‖ audience ‖ body`. */
export class Envelope {
  constructor(
    readonly kind: Kind,
    readonly audience: Audience,
    readonly body: Bytes,
  ) {}

  /**
   * Reads any text.
   *
   * @throws Rejected with `MALFORMED` or `UNSUPPORTED`
   */
  static parse(content: string): Envelope {
    const bytes = fromBase64(content, MAX_BYTES);
    if (bytes === undefined || bytes.length <= HEADER_BYTES) {
      throw new Rejected("MALFORMED");
    }
    const [version = 0, kind = 0, audience = 0] = bytes;
    if (version !== VERSION || (kind !== KIND.HANDOUT && kind !== KIND.MESSAGE) || !isAudience(audience)) {
      throw new Rejected("UNSUPPORTED");
    }
    return new Envelope(kind, audience, bytes.slice(HEADER_BYTES));
  }

  /** Returns the bytes in front of the body, which what is in it is bound to. */
  static header(kind: Kind, audience: Audience): Bytes {
    return new Uint8Array([VERSION, kind, audience]);
  }

  encode(): string {
    return toBase64(concat(Envelope.header(this.kind, this.audience), this.body));
  }
}
