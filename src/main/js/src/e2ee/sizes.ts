import { TAG_BYTES } from "./aead.js";
import { SIGNATURE_BYTES } from "./ed25519.js";
import { Padding } from "./padding.js";

/** How many bytes the parts of an {@link Envelope} have. */

export const CHAIN_ID_BYTES = 16;
export const INDEX_BYTES = 4;

/** The chain and the index in front of a {@link SealedMessage}. */
export const MESSAGE_HEADER_BYTES = CHAIN_ID_BYTES + INDEX_BYTES;

/** What a {@link SealedMessage} adds to the padded text. */
export const MESSAGE_OVERHEAD_BYTES = MESSAGE_HEADER_BYTES + TAG_BYTES + SIGNATURE_BYTES;

/** The longest body of an envelope. */
export const MAX_MESSAGE_BODY_BYTES = MESSAGE_OVERHEAD_BYTES + Padding.MESSAGE.maxBytes;
