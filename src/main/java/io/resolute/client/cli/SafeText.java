package io.resolute.client.cli;

/**
 * Makes what others wrote harmless to a terminal and to the reader of its lines: no escape
 * sequences, no second line, nothing that turns the direction of the text round it.
 */
final class SafeText {
  /** Stands for a line break in the middle of a message. */
  static final char LINE_BREAK = '\u23CE';

  private static final char REPLACEMENT = '\uFFFD';
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** How much of a name is shown. */
  static final int MAX_NAME_CODE_POINTS = 32;

  private SafeText() {}

  /** Returns {@code text} as one line. Letters, marks, symbols and emoji of any script are kept. */
  static String line(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.replace("\r\n", "\n").codePoints().forEach(c -> safe.appendCodePoint(inLine(c)));
    return safe.toString();
  }

  /**
   * Returns {@code username} as one word that can stand before a colon and is not taken for a
   * notice.
   */
  static String name(String username) {
    StringBuilder safe = new StringBuilder();
    username
        .strip()
        .codePoints()
        .limit(MAX_NAME_CODE_POINTS)
        .forEach(c -> safe.appendCodePoint(inName(c)));
    if (safe.isEmpty()) {
      return "_";
    }
    if (safe.charAt(0) == '*' || safe.charAt(0) == '!') {
      safe.setCharAt(0, '_');
    }
    return safe.toString();
  }

  /** Returns whether nothing of {@code text} would be seen. */
  static boolean isBlank(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                Character.isWhitespace(c)
                    || Character.isSpaceChar(c)
                    || Character.getType(c) == Character.FORMAT
                    || isBlank(c));
  }

  private static int inLine(int c) {
    return switch (Character.getType(c)) {
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> LINE_BREAK;
      case Character.CONTROL -> control(c);
      // Joiners make one sign of several in Persian, in Indic scripts, and in emoji.
      case Character.FORMAT ->
          c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER ? c : REPLACEMENT;
      case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> REPLACEMENT;
      default -> c;
    };
  }

  private static int control(int c) {
    return switch (c) {
      case '\n' -> LINE_BREAK;
      case '\t' -> ' ';
      default -> REPLACEMENT;
    };
  }

  private static int inName(int c) {
    if (c == ':' || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return '_';
    }
    if (c == '#') {
      return '_'; // What tells apart those who want the same name, see Names.
    }
    // Two names must not differ by what nobody sees.
    return Character.getType(c) == Character.FORMAT || isBlank(c) ? REPLACEMENT : inLine(c);
  }

  /** Signs that Unicode counts as letters, marks or symbols, and that show nothing. */
  private static boolean isBlank(int c) {
    return switch (c) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default ->
          (c >= 0x180B && c <= 0x180F)
              || (c >= 0xFE00 && c <= 0xFE0F)
              || (c >= 0xE0100 && c <= 0xE01EF);
    };
  }
}
