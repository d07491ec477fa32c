package io.resolute.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of a hostile client of the event-bus bridge that the bridge can read. */
class BridgePolicyFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ConnectionId CONNECTION = new ConnectionId("connection");
  private static final String OWN = "resolute.clients.own";
  private static final int LONGEST_REPLY_ADDRESS = 36;

  static Stream<byte[]> frames() {
    return Stream.of(
            "'address':'resolute.packets','body':{'cmd':'hello'}",
            "'address':'resolute.packets','replyAddress':'r','headers':{'a':'b'},'body':{}",
            "'address':'resolute.packets','replyAddress':'" + "r".repeat(36) + "'",
            "'address':'resolute.packets','replyAddress':'" + "r".repeat(37) + "'",
            "'address':'resolute.packets','replyAddress':''",
            "'address':'resolute.packets','replyAddress':null",
            "'address':'resolute.packets','replyAddress':{}",
            "'address':'resolute.packets','replyAddress':7",
            "'address':'resolute.packets.connection'",
            "'address':'resolute.connections.connection'",
            "'address':'resolute.keys.0','headers':7",
            "'address':['resolute.packets']",
            "'address':'RESOLUTE.packets'",
            "'address':'" + OWN + "'",
            "'address':'" + OWN + "x'")
        .map(fields -> "{'type':'send'," + fields + "}")
        .map(frame -> frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("frames")
  @FuzzTest
  void aClientReachesItsOwnAddressesAndNoOther(byte[] message) throws JsonProcessingException {
    if (BridgeFrames.PLAIN.faultIn(message).isPresent()) {
      return;
    }
    String text = new String(message, StandardCharsets.UTF_8);
    JsonNode before = JSON.readTree(text);
    JsonNode address = before.path("address");
    assertThat(BridgePolicy.permitRegister(new JsonObject(text), OWN))
        .isEqualTo(OWN.equals(address.textValue()));
    JsonObject frame = new JsonObject(text);
    boolean permitted = BridgePolicy.permitSend(frame, CONNECTION);
    assertThat(permitted)
        .isEqualTo(
            "resolute.packets".equals(address.textValue())
                && mayBeAnswered(before.path("replyAddress")));
    if (permitted) {
      assertThat(frame.getValue("address")).isEqualTo("resolute.packets.connection");
      assertThat(frame.fieldNames()).isSubsetOf(names(before)).doesNotContain("headers");
      assertThat(frame.getValue("replyAddress")).isEqualTo(before.path("replyAddress").textValue());
    }
  }

  private static boolean mayBeAnswered(JsonNode address) {
    return address.isMissingNode()
        || address.isNull()
        || (address.isTextual()
            && !address.textValue().isEmpty()
            && address.textValue().length() <= LONGEST_REPLY_ADDRESS);
  }

  private static Set<String> names(JsonNode frame) {
    return JSON.<Map<String, Object>>convertValue(frame, new TypeReference<>() {}).keySet();
  }
}
