package io.resolute.client;

import java.nio.charset.StandardCharsets;

/** Checks the texts of the application before anything is done with them. */
final class Utf8 {
  private Utf8() {}

  /**
   * Returns how many bytes of UTF-8 a text has.
   *
   * @throws IllegalArgumentException if it has none, because it holds half a surrogate pair
   */
  static int length(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("a text or name holds half a surrogate pair");
    }
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
