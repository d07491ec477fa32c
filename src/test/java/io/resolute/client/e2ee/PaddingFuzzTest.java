package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Padded texts of a hostile member. */
class PaddingFuzzTest {
  static Stream<byte[]> padded() {
    byte[] notUtf8 = Padding.NAME.pad("xx");
    notUtf8[0] = (byte) 0xC0;
    byte[] otherEnd = Padding.NAME.pad("x");
    otherEnd[1] = (byte) 0x81;
    byte[] oneByteTooLong = new byte[1024];
    Arrays.fill(oneByteTooLong, 0, 512, (byte) 'x');
    oneByteTooLong[512] = (byte) 0x80;
    return Stream.of(
        Padding.NAME.pad(""),
        Padding.NAME.pad("x".repeat(63)),
        Padding.NAME.pad("x".repeat(64)),
        Padding.NAME.pad("\u20AC\uD83D\uDE00"),
        Padding.MESSAGE.pad(""),
        Padding.MESSAGE.pad("\0\u0080"),
        Padding.MESSAGE.pad("x".repeat(511)),
        notUtf8,
        otherEnd,
        // A larger size than the text needs, and one that is not a power of two.
        Arrays.copyOf(Padding.NAME.pad("x"), 128),
        Arrays.copyOf(Padding.NAME.pad("x"), 65),
        Arrays.copyOf(Padding.NAME.pad("x".repeat(511)), 1024),
        oneByteTooLong,
        new byte[0],
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
      String text = new String(input, StandardCharsets.UTF_8);
      if (text.getBytes(StandardCharsets.UTF_8).length <= padding.maxTextBytes()) {
        assertThat(padding.unpad(padding.pad(text))).as("%s", padding).contains(text);
      }
    }
  }
}
