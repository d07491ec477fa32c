package io.resolute.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * What a message says: opaque text, kept as JSON spells it. A text without escapes, which is what
 * encryption makes, is handed on byte for byte without being read. Immutable.
 */
public final class Content {
  private static final byte QUOTE = '"';

  private final byte[] json;

  private Content(byte[] json) {
    this.json = json;
  }

  /** Returns the content that {@code text} is; half a surrogate pair becomes a question mark. */
  public static Content of(String text) {
    boolean encodable = Utf8.length(text) != Utf8.NOT_ENCODABLE;
    String whole = encodable ? text : new String(text.getBytes(UTF_8), UTF_8);
    return new Content(JsonStringEncoder.getInstance().quoteAsUTF8(whole));
  }

  /**
   * Returns a content out of a frame.
   *
   * @param from where the text begins, behind its opening quote
   * @param to where its closing quote is
   */
  static Content in(byte[] frame, int from, int to) {
    return new Content(Arrays.copyOfRange(frame, from, to));
  }

  /** Returns the text, without what JSON needs to spell it. */
  public String text() {
    byte[] quoted = new byte[json.length + 2];
    quoted[0] = QUOTE;
    System.arraycopy(json, 0, quoted, 1, json.length);
    quoted[quoted.length - 1] = QUOTE;
    try (JsonParser parser = PacketJson.FACTORY.createParser(quoted)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text that was read once", impossible);
    }
  }

  /** Returns the bytes that the text takes in a frame. */
  int length() {
    return json.length;
  }

  /** Copies the text to where it is to stand in a frame. */
  void copyTo(byte[] frame, int at) {
    System.arraycopy(json, 0, frame, at, json.length);
  }

  void write(JsonGenerator json) throws IOException {
    json.writeRawUTF8String(this.json, 0, this.json.length);
  }

  /** Two contents are the same if they say the same, however JSON spells it. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Content content
        && (Arrays.equals(json, content.json) || text().equals(content.text()));
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  /** Hides the text, so that none ends up in a log. */
  @Override
  public String toString() {
    return "Content[hidden]";
  }
}
