package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What hostile members have put on somebody's terminal. */
class SafeTextFuzzTest {
  private static final int MAX_NAME_LENGTH = 64;

  static Stream<byte[]> texts() {
    return Stream.of("\u001B[2J\u0007", "a\r\nb\u2028c", "\u202Egnp.exe", "* bob left", "a\u200Db:")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("texts")
  @FuzzTest
  void aLineAndANameHaveNothingThatATerminalObeys(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    String line = SafeText.line(text);
    String name = SafeText.name(text);
    line.codePoints().forEach(SafeTextFuzzTest::assertHarmless);
    name.codePoints().forEach(SafeTextFuzzTest::assertHarmless);
    assertThat(line.length()).isLessThanOrEqualTo(text.length());
    assertThat(name.length()).isBetween(1, MAX_NAME_LENGTH);
    assertThat(name).doesNotContain(":", " ").doesNotStartWith("*").doesNotStartWith("!");
    assertThat(SafeText.name(name)).as("the name of the name").isEqualTo(name);
  }

  private static void assertHarmless(int c) {
    assertThat(Character.getType(c))
        .isNotIn(
            (int) Character.CONTROL,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR,
            (int) Character.SURROGATE);
    assertThat((0x202A <= c && c <= 0x202E) || (0x2066 <= c && c <= 0x2069)).isFalse();
  }
}
