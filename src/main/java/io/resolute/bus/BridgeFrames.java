package io.resolute.bus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.resolute.protocol.PacketJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the messages of clients of the event-bus bridge before the bridge reads them: it would run
 * out of stack on a deep one, take the last of repeated fields, say nothing of some that it cannot
 * read, and answer others without end. Safe for use by several threads.
 */
public enum BridgeFrames {
  /** One frame a message. */
  PLAIN {
    @Override
    Optional<String> faultIn(JsonParser message) throws IOException {
      return faultOfFrame(message);
    }

    @Override
    public String write(String frame) {
      return frame;
    }
  },

  /** As SockJS wraps them: a message is a JSON array of texts, or one text; each is a frame. */
  SOCK_JS {
    @Override
    Optional<String> faultIn(JsonParser message) throws IOException {
      JsonToken first = message.nextToken();
      boolean several = first == JsonToken.START_ARRAY;
      JsonToken token = several ? message.nextToken() : first;
      Optional<String> fault = Optional.empty();
      while (token == JsonToken.VALUE_STRING && fault.isEmpty()) {
        try (JsonParser frame = FACTORY.createParser(message.getText())) {
          fault = faultOfFrame(frame);
        }
        token = message.nextToken();
      }
      if (fault.isPresent()) {
        return fault;
      }
      boolean whole =
          several ? token == JsonToken.END_ARRAY && message.nextToken() == null : token == null;
      return whole ? Optional.empty() : INVALID_JSON;
    }

    @Override
    public String write(String frame) {
      return "a[\"" + frame.replace("\"", "\\\"") + "\"]";
    }
  };

  private static final Optional<String> INVALID_JSON = Optional.of("invalid_json");
  private static final String PING = "ping";
  private static final Set<String> WITH_ADDRESS =
      Set.of("send", "publish", "register", "unregister");

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              // A packet, and the frame around it.
              StreamReadConstraints.builder().maxNestingDepth(PacketJson.MAX_NESTING + 1).build())
          .build();

  abstract Optional<String> faultIn(JsonParser message) throws IOException;

  /**
   * Returns the message that carries {@code frame}.
   *
   * @param frame JSON without backslashes
   */
  public abstract String write(String frame);

  /**
   * Returns the message that tells a client why its own was refused, as the bridge says it.
   *
   * @param fault one that {@link #faultIn(byte[])} has found
   */
  public String refusal(String fault) {
    return write("{\"type\":\"err\",\"body\":\"" + fault + "\"}");
  }

  /**
   * Returns why the bridge may not read a message, in its own words; nothing if it may.
   *
   * @param message well-formed UTF-8
   */
  public Optional<String> faultIn(byte[] message) {
    // From a stream, Jackson would guess UTF-16 and UTF-32, too.
    try (JsonParser parser = FACTORY.createParser(new String(message, StandardCharsets.UTF_8))) {
      return faultIn(parser);
    } catch (IOException malformed) {
      return INVALID_JSON;
    }
  }

  private static Optional<String> faultOfFrame(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return INVALID_JSON;
    }
    boolean typed = false;
    boolean addressed = false;
    String type = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      boolean there = value != JsonToken.VALUE_NULL;
      if (name.equals("type")) {
        typed = there;
        type = value == JsonToken.VALUE_STRING ? json.getText() : "";
      } else if (name.equals("address")) {
        addressed = there;
      }
      json.skipChildren();
    }
    if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
      return INVALID_JSON;
    }
    if (!typed) {
      return Optional.of("missing_type");
    }
    return type.equals(PING) ? Optional.empty() : faultOfOther(type, addressed);
  }

  private static Optional<String> faultOfOther(String type, boolean addressed) {
    if (!WITH_ADDRESS.contains(type)) {
      return Optional.of("invalid_type");
    }
    return addressed ? Optional.empty() : Optional.of("missing_address");
  }
}
