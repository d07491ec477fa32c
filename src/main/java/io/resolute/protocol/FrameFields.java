package io.resolute.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one request frame, read in one pass. What the protocol does not know is skipped; a
 * known field of the wrong type is remembered as such, because an answer needs the {@code id},
 * which may stand behind it.
 */
final class FrameFields {
  private static final String BEYOND_BOUNDS =
      "a frame is nested "
          + PacketJson.MAX_NESTING
          + " deep at most, with numbers of "
          + PacketJson.MAX_NUMBER
          + " characters and names of fields of "
          + StreamReadConstraints.DEFAULT_MAX_NAME_LEN;

  private static final Set<String> TEXTS =
      Set.of(
          "client",
          "name",
          "username",
          "client_room_id",
          "public_key_string",
          "public_key",
          "room_id",
          "to_user_id");

  private static final String CONTENT = "content";

  private static final Set<String> KEYS = Set.of("one_time_key", "forever_key");

  /** Thrown where the frame cannot become a packet. Carries the answer, and no stack. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final ErrorCode code;

    Refusal(ErrorCode code, String msg) {
      super(msg, null, false, false);
      this.code = code;
    }

    ErrorCode code() {
      return code;
    }

    String msg() {
      return String.valueOf(getMessage());
    }
  }

  private final byte[] frame;
  private final boolean ascii; // And each byte of the frame is a character of the text.
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Optional<JoinKey>> keys = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();
  private @Nullable Content content;
  private @Nullable List<Integer> versions;
  private @Nullable String id;
  private @Nullable String command;
  private @Nullable String problem;

  private FrameFields(byte[] frame, boolean ascii) {
    this.frame = frame;
    this.ascii = ascii;
  }

  /**
   * Reads a frame. What is wrong with it shows when it is asked for its {@link #command}.
   *
   * @param frame well-formed UTF-8
   */
  static FrameFields read(byte[] frame) {
    // From bytes, the parser would guess the encoding, and keep names of fields that clients made
    // up, or be slower. From a String it could read as well, but no String can be wiped.
    CharBuffer text = decode(frame);
    FrameFields fields = new FrameFields(frame, text.limit() == frame.length);
    try (JsonParser json = PacketJson.FACTORY.createParser(text.array(), 0, text.limit())) {
      fields.readFrame(json);
    } catch (StreamConstraintsException beyondBounds) {
      fields.problem = BEYOND_BOUNDS;
    } catch (IOException notOneObject) {
      fields.problem = "a frame is one JSON object, without repeated fields";
    } finally {
      Arrays.fill(text.array(), '\0');
    }
    return fields;
  }

  private static CharBuffer decode(byte[] frame) {
    CharBuffer text = CharBuffer.allocate(frame.length); // No character has less than a byte.
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    decoder.decode(ByteBuffer.wrap(frame), text, true);
    decoder.flush(text);
    return text.flip();
  }

  private void readFrame(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an object");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      readTop(json, name);
    }
    if (json.nextToken() != null) {
      throw new IOException("more than one value");
    }
  }

  private void readTop(JsonParser json, String name) throws IOException {
    switch (name) {
      case "cmd" -> {
        command = text(json, name);
        problem = command == null ? "cmd is not a string" : problem;
      }
      case "id" -> readId(json);
      case "data" -> readData(json);
      default -> json.skipChildren();
    }
  }

  private void readId(JsonParser json) throws IOException {
    String text = text(json, "id");
    if (text == null || text.length() > PacketJson.MAX_REQUEST_ID) {
      problem = "id is not a string of at most " + PacketJson.MAX_REQUEST_ID + " characters";
    } else {
      id = text;
    }
  }

  private void readData(JsonParser json) throws IOException {
    if (!json.isExpectedStartObjectToken()) {
      problem = "data is not an object";
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("versions")) {
        readVersions(json);
      } else if (name.equals(CONTENT)) {
        readContent(json);
      } else if (KEYS.contains(name)) {
        readKey(json, name);
      } else if (TEXTS.contains(name)) {
        String text = text(json, name);
        if (text != null) {
          texts.put(name, text);
        }
      } else {
        json.skipChildren();
      }
    }
  }

  /** Takes the text as it stands in the frame, if that is plain to see. */
  private void readContent(JsonParser json) throws IOException {
    int from = (int) json.currentTokenLocation().getCharOffset() + 1;
    int to = ascii ? PlainText.end(frame, from) : frame.length;
    if (to == frame.length || frame[to] != '"') {
      String text = text(json, CONTENT);
      content = text == null ? null : Content.of(text);
    } else if (isString(json, CONTENT)) {
      content = Content.in(frame, from, to);
    }
  }

  private void readVersions(JsonParser json) throws IOException {
    if (!json.isExpectedStartArrayToken()) {
      problems.put("versions", "is not an array");
      json.skipChildren();
      return;
    }
    List<Integer> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        problems.put("versions", "holds something that is not an integer");
        json.skipChildren();
      } else if (json.getNumberType() == JsonParser.NumberType.INT) {
        numbers.add(json.getIntValue());
      }
      // A larger number is a version that this server does not speak, like any other.
    }
    versions = numbers;
  }

  /** Reads a join key, of which the digest alone is kept. */
  private void readKey(JsonParser json, String name) throws IOException {
    if (isString(json, name)) {
      char[] characters = json.getTextCharacters();
      CharBuffer text = CharBuffer.wrap(characters, json.getTextOffset(), json.getTextLength());
      if (isEncodable(text, name)) {
        keys.put(name, JoinKey.parse(text).map(JoinKey::wipe));
      }
    }
  }

  private @Nullable String text(JsonParser json, String name) throws IOException {
    if (!isString(json, name)) {
      return null;
    }
    String text = json.getText();
    return isEncodable(text, name) ? text : null;
  }

  private boolean isString(JsonParser json, String name) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return true;
    }
    json.skipChildren();
    problems.put(name, "is not a string");
    return false;
  }

  private boolean isEncodable(CharSequence text, String name) {
    if (Utf8.length(text) != Utf8.NOT_ENCODABLE) {
      return true;
    }
    problems.put(name, "holds half a surrogate pair");
    return false;
  }

  @Nullable String id() {
    return id;
  }

  /**
   * Returns the frame's {@code cmd}.
   *
   * @throws Refusal if there is none, or the frame is not of the form that all requests share
   */
  String command() throws Refusal {
    if (problem != null) {
      throw new Refusal(ErrorCode.BAD_PACKET, problem);
    }
    if (command == null) {
      throw new Refusal(ErrorCode.BAD_PACKET, "cmd is missing");
    }
    return command;
  }

  @Nullable String optional(String name) throws Refusal {
    refuseProblem(name);
    return texts.get(name);
  }

  private void refuseProblem(String name) throws Refusal {
    String problemOfField = problems.get(name);
    if (problemOfField != null) {
      throw new Refusal(ErrorCode.BAD_PACKET, name + " " + problemOfField);
    }
  }

  String required(String name) throws Refusal {
    return required(optional(name), name);
  }

  private static <T> T required(@Nullable T value, String name) throws Refusal {
    if (value == null) {
      throw new Refusal(ErrorCode.BAD_PACKET, name + " is missing");
    }
    return value;
  }

  /** Returns the join key, wiped; nothing if the text has another form. */
  Optional<JoinKey> requiredKey(String name) throws Refusal {
    refuseProblem(name);
    return required(keys.get(name), name);
  }

  /** Returns the content of a message. */
  Content content() throws Refusal {
    refuseProblem(CONTENT);
    return required(content, CONTENT);
  }

  /** Returns a text that takes no more than so many bytes where it is passed on, which is JSON. */
  String required(String name, int maxBytes) throws Refusal {
    String text = required(name);
    if (Utf8.lengthInJson(text) > maxBytes) {
      throw new Refusal(
          ErrorCode.TOO_LARGE, name + " is longer than " + maxBytes + " bytes in JSON");
    }
    return text;
  }

  List<Integer> versions() throws Refusal {
    String problemOfField = problems.get("versions");
    if (problemOfField != null || versions == null) {
      String what = problemOfField == null ? "is missing" : problemOfField;
      throw new Refusal(ErrorCode.BAD_PACKET, "versions " + what);
    }
    return versions;
  }
}
