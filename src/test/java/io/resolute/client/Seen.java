package io.resolute.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** All that a relay can read out of the frames that cross it. */
final class Seen {
  private Seen() {}

  /**
   * Returns the frames as they are, and behind them, at whatever depth, each text that is in base64
   * or PEM, decoded; one character a byte.
   */
  static String everything(List<String> frames) {
    StringBuilder all = new StringBuilder();
    for (String frame : frames) {
      all.append(latin(frame.getBytes(StandardCharsets.UTF_8))).append('\n');
      decode(new JsonObject(frame), all);
    }
    return all.toString();
  }

  /** Returns the same as bytes. */
  static ByteBuffer bytes(List<String> frames) {
    return ByteBuffer.wrap(everything(frames).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void decode(Object value, StringBuilder into) {
    if (value instanceof JsonObject object) {
      object.forEach(field -> decode(field.getValue(), into));
    } else if (value instanceof JsonArray array) {
      array.forEach(each -> decode(each, into));
    } else if (value instanceof String text) {
      for (String part : text.split("-----[A-Z ]+-----", -1)) {
        decodeBase64(part.replaceAll("\\s", ""), into);
      }
    }
  }

  private static void decodeBase64(String text, StringBuilder into) {
    for (Base64.Decoder decoder : List.of(Base64.getDecoder(), Base64.getUrlDecoder())) {
      try {
        into.append(latin(decoder.decode(text))).append('\n');
      } catch (IllegalArgumentException notBase64) {
        // It is among the frames as it is.
      }
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
