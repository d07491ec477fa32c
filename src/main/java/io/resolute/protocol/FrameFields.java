package io.resolute.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one request frame, read in one pass. What the protocol does not know is skipped; a
 * known field of the wrong type is remembered as such, because an answer needs the {@code id},
 * which may stand behind it.
 */
final class FrameFields {
  private static final Set<String> TEXTS =
      Set.of(
          "client",
          "name",
          "username",
          "client_room_id",
          "public_key_string",
          "public_key",
          "room_id",
          "one_time_key",
          "forever_key",
          "to_user_id",
          "content");

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

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();
  private @Nullable List<Integer> versions;
  private @Nullable String id;
  private @Nullable String command;
  private @Nullable String problem;

  private FrameFields() {}

  /** Reads a frame. What is wrong with it shows when it is asked for its {@link #command}. */
  static FrameFields read(byte[] frame) {
    FrameFields fields = new FrameFields();
    // From bytes, the parser would guess the encoding, and take UTF-16 and overlong UTF-8 too.
    String text = new String(frame, StandardCharsets.UTF_8);
    try (JsonParser json = PacketJson.FACTORY.createParser(text)) {
      fields.readFrame(json);
    } catch (IOException notOneObject) {
      fields.problem = "a frame is one JSON object, without repeated fields";
    }
    return fields;
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

  private @Nullable String text(JsonParser json, String name) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      json.skipChildren();
      problems.put(name, "is not a string");
      return null;
    }
    String text = json.getText();
    if (Utf8.length(text) == Utf8.NOT_ENCODABLE) {
      problems.put(name, "holds half a surrogate pair");
      return null;
    }
    return text;
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
    String problemOfField = problems.get(name);
    if (problemOfField != null) {
      throw new Refusal(ErrorCode.BAD_PACKET, name + " " + problemOfField);
    }
    return texts.get(name);
  }

  String required(String name) throws Refusal {
    String text = optional(name);
    if (text == null) {
      throw new Refusal(ErrorCode.BAD_PACKET, name + " is missing");
    }
    return text;
  }

  String required(String name, int maxBytes) throws Refusal {
    String text = required(name);
    if (Utf8.length(text) > maxBytes) {
      throw new Refusal(ErrorCode.TOO_LARGE, name + " is longer than " + maxBytes + " bytes");
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
