package io.resolute.client.e2ee;

import java.security.MessageDigest;

/**
 * Proves that a bundle was made by somebody who was invited: HMAC-SHA256 over the bundle, under the
 * key that the room secret yields for {@link Label#ADMISSION}.
 */
final class Admission {
  static final int BYTES = Kdf.KEY_BYTES;

  private final byte[] key;

  Admission(RoomSecret secret) {
    key = secret.derive(Label.ADMISSION);
  }

  byte[] tag(byte[] bundle) {
    return Kdf.hmac(key, bundle);
  }

  /** Returns whether {@code tag} is the one of {@code bundle}, in a time that tells nothing. */
  boolean verifies(byte[] bundle, byte[] tag) {
    return MessageDigest.isEqual(tag(bundle), tag);
  }

  /** Erases the key. */
  void wipe() {
    Bytes.wipe(key);
  }

  @Override
  public String toString() {
    return "Admission[REDACTED]";
  }
}
