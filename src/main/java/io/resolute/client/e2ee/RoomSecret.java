package io.resolute.client.e2ee;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * What those share who were invited to a room, and its server does not: 32 random bytes, drawn by
 * the room's creator for this room alone. Whoever has it can prove to have been invited.
 */
public final class RoomSecret {
  static final int BYTES = 32;
  private static final int TEXT_LENGTH = 43;

  private final byte[] value;
  private volatile boolean wiped;

  /** Owns {@code value} from here on. */
  RoomSecret(byte[] value) {
    if (value.length != BYTES) {
      throw new IllegalArgumentException("a room secret has " + BYTES + " bytes");
    }
    this.value = value;
  }

  /** Draws a new secret. */
  public static RoomSecret generate(SecureRandom random) {
    byte[] value = new byte[BYTES];
    random.nextBytes(value);
    return new RoomSecret(value);
  }

  /**
   * Reads what {@link #toText} writes.
   *
   * @return nothing if {@code text} is anything else, even another spelling of the same bytes
   */
  public static Optional<RoomSecret> parse(String text) {
    if (text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    try {
      RoomSecret secret = new RoomSecret(Base64.getUrlDecoder().decode(text));
      return secret.toText().equals(text) ? Optional.of(secret) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /**
   * Returns the secret in base64url without padding: 43 characters. It cannot be wiped.
   *
   * @throws IllegalStateException if this object is wiped
   */
  public String toText() {
    requireNotWiped();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }

  /**
   * Returns another object with the same secret, to be wiped on its own.
   *
   * @throws IllegalStateException if this object is wiped
   */
  public RoomSecret copy() {
    requireNotWiped();
    return new RoomSecret(value.clone());
  }

  /** Returns the key for one purpose, which the caller wipes. */
  byte[] derive(Label purpose) {
    requireNotWiped();
    return Kdf.hkdf(value, purpose, Kdf.KEY_BYTES);
  }

  /** Erases the secret. What it was cannot be had from this object any more, nor zeros instead. */
  public void wipe() {
    wiped = true;
    Bytes.wipe(value);
  }

  private void requireNotWiped() {
    // An invite with zeros in it would let in whoever thinks of zeros.
    if (wiped) {
      throw new IllegalStateException("the room secret is wiped");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoomSecret secret && MessageDigest.isEqual(value, secret.value);
  }

  @Override
  public int hashCode() {
    // A hash of the secret would be a trace of it wherever hashes are printed.
    return RoomSecret.class.hashCode();
  }

  @Override
  public String toString() {
    return "RoomSecret[REDACTED]";
  }
}
