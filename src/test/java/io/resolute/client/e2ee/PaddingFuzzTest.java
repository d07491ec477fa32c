package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Padded texts of a hostile member. */
class PaddingFuzzTest {
  static Stream<byte[]> padded() {
    byte[] notUtf8 = Padding.NAME.pad("xx");
    notUtf8[0] = (byte) 0xC0;
    return Stream.of(
        Padding.NAME.pad(""),
        Padding.NAME.pad("x".repeat(63)),
        Padding.NAME.pad("x".repeat(64)),
        Padding.NAME.pad("\u20AC\uD83D\uDE00"),
        Padding.MESSAGE.pad(""),
        Padding.MESSAGE.pad("\0\u0080"),
        Padding.MESSAGE.pad("x".repeat(511)),
        notUtf8,
        new byte[64],
        new byte[1024]);
  }

  @MethodSource("padded")
  @FuzzTest
  void whatHasATextIsTheVeryPaddingOfThatText(byte[] input) {
    for (Padding padding : Padding.values()) {
      padding
          .unpad(input)
          .ifPresent(text -> assertThat(padding.pad(text)).as("%s", padding).isEqualTo(input));
    }
  }
}
