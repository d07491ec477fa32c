package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A JSON string of a hostile client, wherever in a frame it begins. */
class PlainTextFuzzTest {
  static Stream<byte[]> texts() {
    return Stream.of(
            "",
            "hello\"}}",
            "more than sixteen bytes, and so more than one step\"}}",
            "sixteen bytes ..\\\"",
            "sixteen bytes ..\u001f",
            "gr\u00fc\u00dfe \ud83d\udc4b\u007f!#[]\"",
            "no end, and no end, and no end")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("texts")
  @FuzzTest
  void aTextEndsWhereTheFirstByteIsThatDoesNotStandForItself(byte[] frame) {
    int end = frame.length;
    for (int from = frame.length; from >= 0; from--) {
      if (from < frame.length && isSpecial(frame[from])) {
        end = from;
      }
      assertThat(PlainText.end(frame, from)).isEqualTo(end);
    }
  }

  private static boolean isSpecial(byte b) {
    int unsigned = Byte.toUnsignedInt(b);
    return unsigned < 0x20 || unsigned == '"' || unsigned == '\\';
  }
}
