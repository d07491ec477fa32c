package io.resolute.client.e2ee;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Hides the length of a text: UTF-8, the byte 0x80, and zeros up to the next power of two. Each
 * kind of text has a smallest and a largest size, so that the relay sees one of a few.
 */
enum Padding {
  /** 256 bytes to 32 KiB. */
  MESSAGE(256, 32 * 1024),
  /** 64 to 512 bytes. */
  NAME(64, 512);

  private static final byte END = (byte) 0x80;

  private final int smallest;
  private final int largest;

  Padding(int smallest, int largest) {
    this.smallest = smallest;
    this.largest = largest;
  }

  /** Returns the length of the longest text, in bytes of UTF-8. */
  int maxTextBytes() {
    return largest - 1;
  }

  /** Returns the length of the longest padded text. */
  int maxBytes() {
    return largest;
  }

  /**
   * Returns the padded text, which the caller wipes.
   *
   * @throws IllegalArgumentException if the text is too long, or holds half a surrogate pair
   */
  byte[] pad(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("a text holds half a surrogate pair");
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > maxTextBytes()) {
      throw new IllegalArgumentException("a text has at most " + maxTextBytes() + " bytes");
    }
    byte[] padded = Arrays.copyOf(utf8, bucket(utf8.length + 1));
    padded[utf8.length] = END;
    Bytes.wipe(utf8);
    return padded;
  }

  /** Returns the text, or nothing if {@code padded} is not what {@link #pad} makes of any. */
  Optional<String> unpad(byte[] padded) {
    int end = padded.length - 1;
    while (end >= 0 && padded[end] == 0) {
      end--;
    }
    if (end < 0 || padded[end] != END || end >= largest || padded.length != bucket(end + 1)) {
      return Optional.empty();
    }
    try {
      ByteBuffer utf8 = ByteBuffer.wrap(padded, 0, end);
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  private int bucket(int length) {
    int bucket = smallest;
    while (bucket < length) {
      bucket *= 2;
    }
    return bucket;
  }
}
