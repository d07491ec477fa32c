package io.resolute.protocol;

/** The form that all ids and keys share: 32 characters from {@code A–Z a–z 0–9}. */
final class Token {
  /** Characters in an id or key: about 190 bits. */
  static final int LENGTH = 32;

  /** The characters that an id or key is made of. */
  static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private Token() {}

  static boolean hasForm(CharSequence text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      if (!isOfAlphabet(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The same for texts of one class, which a JVM reads faster: each message has two. */
  static boolean hasForm(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      if (!isOfAlphabet(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfAlphabet(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  static String requireForm(String text, String what) {
    if (!hasForm(text)) {
      throw new IllegalArgumentException(what + " is 32 characters from A-Z a-z 0-9");
    }
    return text;
  }
}
