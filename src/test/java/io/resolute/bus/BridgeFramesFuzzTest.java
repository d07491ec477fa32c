package io.resolute.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.resolute.protocol.PacketJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of a hostile client of the event-bus bridge. */
class BridgeFramesFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FAULTS =
      Set.of("invalid_json", "missing_type", "missing_address", "invalid_type");
  private static final Set<String> WITH_ADDRESS =
      Set.of("send", "publish", "register", "unregister");

  private static final List<String> FRAMES =
      List.of(
          "{\"type\":\"ping\"}",
          "{\"type\":\"register\",\"address\":\"a\"}",
          "{\"type\":\"send\",\"address\":\"resolute.packets\",\"replyAddress\":\"r\","
              + "\"body\":{\"cmd\":\"hello\",\"data\":{\"versions\":[1]}}}",
          "{\"type\":\"ping\",\"type\":\"ping\"}",
          "{\"type\":\"ping\",\"a\":{\"b\":1,\"b\":1}}",
          "{\"type\":\"dance\",\"address\":7}",
          "{\"type\":\"send\",\"address\":null}",
          "{\"type\":null}",
          "{\"type\":[\"ping\"],\"address\":\"a\"}",
          "{\"type\":\"ping\"}{}",
          "{\"a\":".repeat(17) + "1" + "}".repeat(17),
          "{\"type\":\"ping\",\"a\":" + "[".repeat(17) + "]".repeat(17) + "}",
          "[\"{}\"]",
          "7",
          "");

  static Stream<byte[]> messages() {
    return FRAMES.stream()
        .flatMap(frame -> Stream.of(frame, quoted(frame), "[" + quoted(frame) + "]"))
        .map(message -> message.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String frame) {
    return '"' + frame.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @MethodSource("messages")
  @FuzzTest
  void whatTheBridgeReadsIsAFrameThatItKnowsAndTheRestIsRefusedInItsOwnWords(byte[] message)
      throws JsonProcessingException {
    for (BridgeFrames frames : BridgeFrames.values()) {
      String fault = frames.faultIn(message).orElse("");
      String text = new String(message, StandardCharsets.UTF_8);
      if (!fault.isEmpty()) {
        assertThat(FAULTS).contains(fault);
        assertIsError(frames, frames.refusal(fault), fault);
      } else if (frames == BridgeFrames.PLAIN) {
        assertIsFrame(text);
      } else if (!text.isBlank()) {
        framesOf(text).forEach(BridgeFramesFuzzTest::assertIsFrame);
      }
    }
  }

  private static void assertIsError(BridgeFrames frames, String refusal, String fault)
      throws JsonProcessingException {
    String frame =
        frames == BridgeFrames.PLAIN
            ? refusal
            : JSON.readTree(refusal.substring(1)).get(0).asText();
    JsonNode error = JSON.readTree(frame);
    assertThat(error.get("type").asText()).isEqualTo("err");
    assertThat(error.get("body").asText()).isEqualTo(fault);
  }

  private static Stream<String> framesOf(String message) {
    return message.strip().startsWith("[")
        ? new JsonArray(message).stream().map(String.class::cast)
        : Stream.of(read(message).textValue());
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  /** As the bridge would read it, without running out of stack. */
  private static void assertIsFrame(String text) {
    JsonObject frame = new JsonObject(text);
    assertThat(depth(read(text))).isLessThanOrEqualTo(PacketJson.MAX_NESTING + 1);
    assertThat(frame.getValue("type")).as(text).isInstanceOf(String.class);
    if (!frame.getString("type").equals("ping")) {
      assertThat(WITH_ADDRESS).contains(frame.getString("type"));
      assertThat(frame.getValue("address")).isNotNull();
    }
  }

  private static int depth(JsonNode node) {
    int deepest = 0;
    for (JsonNode child : node) {
      deepest = Math.max(deepest, depth(child));
    }
    return node.isContainerNode() ? deepest + 1 : 0;
  }
}
