package io.resolute.protocol;

/** Facts about a text in UTF-8 that can be told without encoding it. */
final class Utf8 {
  /** What {@link #length} returns for a text that UTF-8 cannot spell. */
  static final int NOT_ENCODABLE = -1;

  private Utf8() {}

  /**
   * Returns how many bytes {@code text} has in UTF-8, or {@link #NOT_ENCODABLE} if it holds half a
   * surrogate pair, as the JSON escape {@code \\ud800} makes one.
   */
  static int length(CharSequence text) {
    int bytes = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(c)
          && i < text.length()
          && Character.isLowSurrogate(text.charAt(i))) {
        bytes += 4;
        i++;
      } else {
        return NOT_ENCODABLE;
      }
    }
    return bytes;
  }

  /**
   * Returns how many bytes a text that UTF-8 can spell has as {@link PacketJson} writes it, without
   * the quotes around it.
   */
  static int lengthInJson(CharSequence text) {
    return length(text) + text.chars().map(Utf8::escape).sum();
  }

  /** Returns how many bytes a character takes beside its own, RFC 8259 §7. */
  private static int escape(int c) {
    return switch (c) {
      case '"', '\\', '\b', '\t', '\n', '\f', '\r' -> 1;
      default -> c < ' ' ? 5 : 0;
    };
  }
}
