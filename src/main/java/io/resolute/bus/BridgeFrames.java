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

/**
 * Judges the messages of clients of the event-bus bridge before the bridge reads them: it would run
 * out of stack on a deep one, take the last of repeated fields, and say nothing of some that it
 * cannot read. Safe for use by several threads.
 */
public enum BridgeFrames {
  /** One frame a message. */
  PLAIN {
    @Override
    boolean isSound(JsonParser message) throws IOException {
      return isOneObject(message);
    }

    @Override
    public String write(String frame) {
      return frame;
    }
  },

  /** As SockJS wraps them: a message is a JSON array of texts, or one text; each is a frame. */
  SOCK_JS {
    @Override
    boolean isSound(JsonParser message) throws IOException {
      JsonToken first = message.nextToken();
      boolean several = first == JsonToken.START_ARRAY;
      JsonToken token = several ? message.nextToken() : first;
      while (token == JsonToken.VALUE_STRING) {
        try (JsonParser frame = FACTORY.createParser(message.getText())) {
          if (!isOneObject(frame)) {
            return false;
          }
        }
        token = message.nextToken();
      }
      return several ? token == JsonToken.END_ARRAY && message.nextToken() == null : token == null;
    }

    @Override
    public String write(String frame) {
      return "a[\"" + frame.replace("\"", "\\\"") + "\"]";
    }
  };

  /** What the client is told of a message that is not sound, as the bridge says it. */
  public static final String NOT_SOUND = "{\"type\":\"err\",\"body\":\"invalid_json\"}";

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              // A packet, and the frame around it.
              StreamReadConstraints.builder().maxNestingDepth(PacketJson.MAX_NESTING + 1).build())
          .build();

  abstract boolean isSound(JsonParser message) throws IOException;

  /**
   * Returns the message that carries {@code frame}.
   *
   * @param frame JSON without backslashes
   */
  public abstract String write(String frame);

  /**
   * Returns whether the bridge may read a message.
   *
   * @param message well-formed UTF-8
   */
  public boolean isSound(byte[] message) {
    // From a stream, Jackson would guess UTF-16 and UTF-32, too.
    try (JsonParser parser = FACTORY.createParser(new String(message, StandardCharsets.UTF_8))) {
      return isSound(parser);
    } catch (IOException malformed) {
      return false;
    }
  }

  private static boolean isOneObject(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    json.skipChildren();
    return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
  }
}
