package io.resolute.protocol;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The textual encoding of keys, RFC 7468. The algorithm of a key is nobody's business here. */
final class Pem {
  // Possessive throughout, so that the time is linear in the length of the text.
  // No other white space, whose characters JSON spells in six bytes each.
  private static final Pattern BLOCK =
      Pattern.compile(
          "[ \\t\\r\\n]*+-----BEGIN ([A-Z0-9]++(?:[ -][A-Z0-9]++)*+)-----[ \\t]*+\\r?+\\n"
              + "([A-Za-z0-9+/= \\t\\r\\n]++)-----END \\1-----[ \\t\\r\\n]*+");

  private Pem() {}

  /** Returns whether {@code text} is one or more PEM blocks and nothing else. */
  static boolean isSeriesOfBlocks(String text) {
    Matcher block = BLOCK.matcher(text);
    int end = 0;
    while (end < text.length()) {
      block.region(end, text.length());
      if (!block.lookingAt() || !isBase64(block.group(2))) {
        return false;
      }
      end = block.end();
    }
    return end > 0;
  }

  private static boolean isBase64(String lines) {
    try {
      return Base64.getMimeDecoder().decode(lines).length > 0;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
