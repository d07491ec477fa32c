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
  private @Nullable List<Integer> versions;
  private @Nullable String id;
  private @Nullable String command;
  private @Nullable String problem;

  private FrameFields() {}

  /**
   * Reads a frame.
   *
   * @throws IOException if it is not one JSON object with unrepeated names
   */
  static FrameFields read(byte[] frame) throws IOException {
    FrameFields fields = new FrameFields();
    // From bytes, the parser would guess the encoding, and take UTF-16 and overlong UTF-8 too.
    String text = new String(frame, StandardCharsets.UTF_8);
    try (JsonParser json = PacketJson.FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        fields.readTop(json, name);
      }
      if (json.nextToken() != null) {
        throw new IOException("more than one value");
      }
    }
    return fields;
  }

  private void readTop(JsonParser json, String name) throws IOException {
    switch (name) {
      case "cmd" -> command = text(json, "cmd");
      case "id" -> readId(json);
      case "data" -> readData(json);
      default -> json.skipChildren();
    }
  }

  private void readId(JsonParser json) throws IOException {
    String text = text(json, "id");
    if (text == null) {
      return;
    }
    if (text.length() > PacketJson.MAX_REQUEST_ID) {
      problem = "id is longer than " + PacketJson.MAX_REQUEST_ID + " characters";
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
    List<Integer> numbers = new ArrayList<>();
    boolean wellTyped = json.isExpectedStartArrayToken();
    if (wellTyped) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() == JsonParser.NumberType.INT) {
          numbers.add(json.getIntValue());
        } else {
          wellTyped = false;
          json.skipChildren();
        }
      }
    }
    if (wellTyped) {
      versions = numbers;
    } else {
      json.skipChildren();
      problem = "versions is not an array of integers";
    }
  }

  private @Nullable String text(JsonParser json, String name) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      json.skipChildren();
      problem = name + " is not a string";
      return null;
    }
    String text = json.getText();
    if (Utf8.length(text) == Utf8.NOT_ENCODABLE) {
      problem = name + " holds half a surrogate pair";
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
   * @throws Refusal if there is none, or anything in the frame is of the wrong type
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

  @Nullable String optional(String name) {
    return texts.get(name);
  }

  String required(String name) throws Refusal {
    String text = texts.get(name);
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
    if (versions == null) {
      throw new Refusal(ErrorCode.BAD_PACKET, "versions is missing");
    }
    return versions;
  }
}
