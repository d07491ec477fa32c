package io.resolute.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeFramesTest {
  private static final String PING = "{\"type\":\"ping\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        " {\"type\":\"ping\"} ",
        "{\"type\":\"ping\",\"address\":null}",
        "{\"address\":\"\",\"type\":\"send\"}",
        "{\"body\":{\"type\":1},\"type\":\"publish\",\"address\":{\"type\":\"ping\"}}",
        "{\"type\":\"register\",\"address\":7,\"a\":[{\"b\":{}},1,null,\"é\"]}",
        "{\"type\":\"unregister\",\"address\":\"x\"}"
      })
  void oneFrameOfTheBridgeIsSound(String frame) {
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
    assertThat(isSound(BridgeFrames.SOCK_JS, "[" + sockJs(PING) + "," + sockJs(frame) + "]"))
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
    String deep = "{\"a\":".repeat(depth - 1) + "1" + "}".repeat(depth - 1);
    assertThat(isSound(BridgeFrames.PLAIN, "{\"type\":\"ping\",\"a\":" + deep + "}")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | missing_type",
        "{\"address\":\"a\",\"body\":{\"type\":\"ping\"}} | missing_type",
        "{\"type\":null,\"address\":\"a\"} | missing_type",
        "{\"type\":\"send\"} | missing_address",
        "{\"type\":\"dance\",\"address\":null} | invalid_type",
        "{\"type\":\"pong\"} | invalid_type",
        "{\"type\":1} | invalid_type",
        "{\"type\":\"dance\",\"address\":\"a\"} | invalid_type",
        "{\"type\":7,\"address\":8} | invalid_type",
        "{\"type\":{\"type\":\"ping\"},\"address\":\"a\"} | invalid_type",
        "{\"type\":\"ping\" | invalid_json"
      })
  void theBridgeIsSparedWhatItWouldOnlyRefuse(String frame, String fault) {
    assertThat(faultIn(BridgeFrames.PLAIN, frame)).hasValue(fault);
    assertThat(faultIn(BridgeFrames.SOCK_JS, sockJs(frame))).hasValue(fault);
    assertThat(faultIn(BridgeFrames.SOCK_JS, "[" + sockJs(PING) + "," + sockJs(frame) + "]"))
        .hasValue(fault);
  }

  private static boolean isSound(BridgeFrames frames, String message) {
    return faultIn(frames, message).isEmpty();
  }

  private static Optional<String> faultIn(BridgeFrames frames, String message) {
    return frames.faultIn(message.getBytes(StandardCharsets.UTF_8));
  }

  private static String sockJs(String frame) {
    return '"' + frame.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
