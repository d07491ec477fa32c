package io.resolute.protocol;

/** The form that all ids and keys share: 32 characters from {@code A–Z a–z 0–9}. */
final class Token {
  /** Characters in an id or key: about 190 bits. */
  static final int LENGTH = 32;

  /** The characters that an id or key is made of. */
  static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final boolean[] IS_OF_ALPHABET = new boolean[128];

  static {
    for (int i = 0; i < ALPHABET.length(); i++) {
      IS_OF_ALPHABET[ALPHABET.charAt(i)] = true;
    }
  }

  private Token() {}

  static boolean hasForm(CharSequence text) {
    if (text.length() != LENGTH) {
      return false;
    }
    boolean allOfAlphabet = true;
    for (int i = 0; i < LENGTH; i++) {
      allOfAlphabet &= isOfAlphabet(text.charAt(i)); // A branch a random letter would be slower.
    }
    return allOfAlphabet;
  }

  private static boolean isOfAlphabet(char c) {
    return c < IS_OF_ALPHABET.length && IS_OF_ALPHABET[c];
  }

  static String requireForm(String text, String what) {
    if (!hasForm(text)) {
      throw new IllegalArgumentException(what + " is 32 characters from A-Z a-z 0-9");
    }
    return text;
  }
}
