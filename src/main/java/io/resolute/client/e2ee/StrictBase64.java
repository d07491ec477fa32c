package io.resolute.client.e2ee;

import java.util.Base64;
import java.util.Optional;

/** Base64 (RFC 4648 §4) with padding and nothing else in it, each bytes with one spelling. */
final class StrictBase64 {
  private StrictBase64() {}

  /** Returns the bytes, or nothing if there are more than {@code maxBytes} or it is malformed. */
  static Optional<byte[]> decode(String text, int maxBytes) {
    if (text.length() > (maxBytes + 2) / 3 * 4) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      // The decoder also takes a missing padding, and bits behind the last byte.
      boolean canonical = Base64.getEncoder().encodeToString(bytes).equals(text);
      return canonical && bytes.length <= maxBytes ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
