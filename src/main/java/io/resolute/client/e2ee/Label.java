package io.resolute.client.e2ee;

import java.nio.charset.StandardCharsets;

/**
 * What each use of a primitive is told apart by: nothing that was made for one purpose is good for
 * another. Of the labels that one primitive takes, none is the beginning of another.
 */
enum Label {
  /** In front of what an identity's own signature is over. */
  BUNDLE("resolute/v1 bundle"),
  /** HKDF: from the room secret to the key of admission tags. */
  ADMISSION("resolute/v1 admission"),
  /** HKDF: from the room secret to the key of names. */
  METADATA("resolute/v1 metadata"),
  /** AES-GCM: a member's name. */
  USERNAME("resolute/v1 username"),
  /** AES-GCM: a room's name. */
  ROOM_NAME("resolute/v1 room name"),
  /** HPKE: the key of a chain, on its way to one member. */
  HANDOUT("resolute/v1 handout"),
  /** In front of what the signature of a handout is over. */
  HANDOUT_SIGNATURE("resolute/v1 handout signature"),
  /** HKDF: from a message key to the key and the nonce of AES-GCM. */
  MESSAGE_KEY("resolute/v1 message key"),
  /** AES-GCM: a message. */
  MESSAGE("resolute/v1 message"),
  /** In front of what the signature of a message is over. */
  MESSAGE_SIGNATURE("resolute/v1 message signature"),
  /** SHA-512: the safety number. */
  SAFETY_NUMBER("resolute/v1 safety number");

  private final String text;

  Label(String text) {
    this.text = text;
  }

  /** Returns the label in ASCII, without anything behind it. */
  byte[] bytes() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
