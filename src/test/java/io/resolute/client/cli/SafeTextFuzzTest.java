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
    return Stream.of(
            "\u001B[2J\u0007",
            "a\r\nb\u2028c\u2029d\te",
            "\u202Egnp.exe",
            "\u2066a\u2069\u200F\u061C",
            "* bob left",
            "! bob",
            "a\u200Db:",
            "a#2",
            "a\u3164\u2800\uFE0Fb",
            "a\u00A0b\u3000c",
            "\u200C",
            "\uFEFFa",
            " ",
            "",
            "\uD83D\uDE00".repeat(33),
            "\uE000\uFFFE\u0378")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("texts")
  @FuzzTest
  void aLineAndANameHaveNothingThatATerminalObeys(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    String line = SafeText.line(text);
    String name = SafeText.name(text);
    line.codePoints().forEach(SafeTextFuzzTest::assertHarmless);
    name.codePoints().forEach(SafeTextFuzzTest::assertHarmlessInName);
    assertThat(line.length()).isLessThanOrEqualTo(text.length());
    assertThat(name.length()).isBetween(1, MAX_NAME_LENGTH);
    assertThat(name).doesNotContain(":", "#").doesNotStartWith("*").doesNotStartWith("!");
    assertThat(name).as("what nobody sees").doesNotContain("\u2800", "\u3164", "\uFE0F");
    assertThat(SafeText.line(line)).as("the line of the line").isEqualTo(line);
    assertThat(SafeText.name(name)).as("the name of the name").isEqualTo(name);
  }

  private static void assertHarmless(int c) {
    assertThat(Character.getType(c))
        .isNotIn(
            (int) Character.CONTROL,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR,
            (int) Character.SURROGATE,
            (int) Character.PRIVATE_USE,
            (int) Character.UNASSIGNED);
    boolean joins = c == 0x200C || c == 0x200D;
    assertThat(Character.getType(c) == Character.FORMAT && !joins).as("format").isFalse();
  }

  private static void assertHarmlessInName(int c) {
    assertHarmless(c);
    assertThat(Character.getType(c)).isNotEqualTo((int) Character.FORMAT);
    assertThat(Character.isWhitespace(c) || Character.isSpaceChar(c)).as("space").isFalse();
  }
}
