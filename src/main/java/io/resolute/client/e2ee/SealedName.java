package io.resolute.client.e2ee;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Hides the names of a room from its server: base64 of {@code 0x01 ‖ nonce(12) ‖ AES-256-GCM},
 * under the key that the room secret yields for {@link Label#METADATA}. A username is bound to the
 * bundle of the member that it names; a room's name to being one, since its key is that room's
 * alone.
 */
final class SealedName {
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + Aead.NONCE_BYTES;
  private static final int MAX_BYTES = HEADER_BYTES + Padding.NAME.maxBytes() + Aead.TAG_BYTES;

  private final byte[] key;

  SealedName(RoomSecret secret) {
    key = secret.derive(Label.METADATA);
  }

  /**
   * Seals what a member is called.
   *
   * @throws IllegalArgumentException if the name is too long, or holds half a surrogate pair
   */
  String sealUsername(String name, BundleHash member, SecureRandom random) {
    return seal(name, usernameOf(member), random);
  }

  /** Returns what a member is called, or nothing if that was not sealed for this member. */
  Optional<String> openUsername(String sealed, BundleHash member) {
    return open(sealed, usernameOf(member));
  }

  /**
   * Seals what the room is called.
   *
   * @throws IllegalArgumentException if the name is too long, or holds half a surrogate pair
   */
  String sealRoomName(String name, SecureRandom random) {
    return seal(name, Label.ROOM_NAME.bytes(), random);
  }

  /** Returns what the room is called, or nothing if that was not sealed for this room. */
  Optional<String> openRoomName(String sealed) {
    return open(sealed, Label.ROOM_NAME.bytes());
  }

  private static byte[] usernameOf(BundleHash member) {
    return Bytes.concat(Label.USERNAME.bytes(), member.bytes());
  }

  private String seal(String name, byte[] associated, SecureRandom random) {
    byte[] padded = Padding.NAME.pad(name);
    byte[] nonce = new byte[Aead.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = Aead.seal(key, nonce, associated, padded);
    Bytes.wipe(padded);
    return Base64.getEncoder().encodeToString(Bytes.concat(new byte[] {VERSION}, nonce, sealed));
  }

  private Optional<String> open(String sealed, byte[] associated) {
    return StrictBase64.decode(sealed, MAX_BYTES)
        .filter(bytes -> bytes.length > HEADER_BYTES && bytes[0] == VERSION)
        .flatMap(bytes -> open(bytes, associated));
  }

  private Optional<String> open(byte[] bytes, byte[] associated) {
    byte[] nonce = Arrays.copyOfRange(bytes, 1, HEADER_BYTES);
    byte[] ciphertext = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
    return Aead.open(key, nonce, associated, ciphertext).flatMap(Padding.NAME::unpad);
  }

  /** Erases the key. */
  void wipe() {
    Bytes.wipe(key);
  }

  @Override
  public String toString() {
    return "SealedName[REDACTED]";
  }
}
