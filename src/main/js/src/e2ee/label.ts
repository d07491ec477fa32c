import { utf8, type Bytes } from "./bytes.js";

/**
 * What each use of a primitive is told apart by: nothing that was made for one purpose is good for another. Of the
 * labels that one primitive takes, none is the beginning of another. In ASCII, without anything behind it.
 */
export const LABEL = {
  /** In front of what an identity's own signature is over. */
  BUNDLE: utf8("resolute/v1 bundle"),
  /** HKDF: from the room secret to the key of admission tags. */
  ADMISSION: utf8("resolute/v1 admission"),
  /** HKDF: from the room secret to the key of names. */
  METADATA: utf8("resolute/v1 metadata"),
  /** AES-GCM: a member's name. */
  USERNAME: utf8("resolute/v1 username"),
  /** AES-GCM: a room's name. */
  ROOM_NAME: utf8("resolute/v1 room name"),
  /** HPKE: the key of a chain, on its way to one member. */
  HANDOUT: utf8("resolute/v1 handout"),
  /** In front of what the signature of a handout is over. */
  HANDOUT_SIGNATURE: utf8("resolute/v1 handout signature"),
  /** HKDF: from a message key to the key and the nonce of AES-GCM. */
  MESSAGE_KEY: utf8("resolute/v1 message key"),
  /** AES-GCM: a message. */
  MESSAGE: utf8("resolute/v1 message"),
  /** In front of what the signature of a message is over. */
  MESSAGE_SIGNATURE: utf8("resolute/v1 message signature"),
  /** SHA-512: the safety number. */
  SAFETY_NUMBER: utf8("resolute/v1 safety number"),
} as const satisfies Record<string, Bytes>;

export type Label = (typeof LABEL)[keyof typeof LABEL];
