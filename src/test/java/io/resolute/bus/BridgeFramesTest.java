package io.resolute.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeFramesTest {
  @ParameterizedTest
  @ValueSource(strings = {"{}", " {\"type\":\"ping\"} ", "{\"a\":[{\"b\":{}},1,null,\"é\"]}"})
  void oneObjectIsSound(String frame) {
    assertThat(isSound(BridgeFrames.PLAIN, frame)).isTrue();
    assertThat(isSound(BridgeFrames.SOCK_JS, sockJs(frame))).isTrue();
    assertThat(isSound(BridgeFrames.SOCK_JS, "[" + sockJs(frame) + "," + sockJs(frame) + "]"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "[]",
        "[{}]",
        "{",
        "{}x",
        "{}{}",
        "{\"a\":}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{'a':1}",
        "{\"a\":01}",
        "\"{}\""
      })
  void anythingElseIsNot(String frame) {
    assertThat(isSound(BridgeFrames.PLAIN, frame)).isFalse();
    assertThat(isSound(BridgeFrames.SOCK_JS, sockJs(frame))).isFalse();
    assertThat(isSound(BridgeFrames.SOCK_JS, "[" + sockJs("{}") + "," + sockJs(frame) + "]"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[{}]", "[\"{}\"", "[\"{}\"]x", "[[\"{}\"]]", "1", "[\"{}\",1]"})
  void whatSockJsDoesNotWriteIsNotSound(String message) {
    assertThat(isSound(BridgeFrames.SOCK_JS, message)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]"})
  void anEmptyMessageOfSockJsIs(String message) {
    assertThat(isSound(BridgeFrames.SOCK_JS, message)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 100, 100_000})
  void aDeepOneIsNotSound(int depth) {
    String frame = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    assertThat(isSound(BridgeFrames.PLAIN, frame)).isFalse();
    assertThat(isSound(BridgeFrames.SOCK_JS, sockJs(frame))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17})
  void oneAsDeepAsAPacketMayBeIs(int depth) {
    String frame = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    assertThat(isSound(BridgeFrames.PLAIN, frame)).isTrue();
  }

  private static boolean isSound(BridgeFrames frames, String message) {
    return frames.isSound(message.getBytes(StandardCharsets.UTF_8));
  }

  private static String sockJs(String frame) {
    return '"' + frame.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
