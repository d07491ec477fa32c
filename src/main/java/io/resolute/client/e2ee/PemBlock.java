package io.resolute.client.e2ee;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The one spelling of a PEM block here: lines of 64 characters, each ended by a line feed. */
final class PemBlock {
  private static final int LINE = 64;

  private PemBlock() {}

  static String encode(String type, byte[] content) {
    byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
    String lines = Base64.getMimeEncoder(LINE, lineEnd).encodeToString(content);
    return begin(type) + lines + end(type);
  }

  static String begin(String type) {
    return "-----BEGIN " + type + "-----\n";
  }

  static String end(String type) {
    return "\n-----END " + type + "-----\n";
  }
}
