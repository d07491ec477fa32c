package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello, world!",
        "gr\u00FC\u00DFe",
        "\u0928\u092E\u0938\u094D\u0924\u0947",
        "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
        "\uD83D\uDC69\u200D\uD83D\uDCBB \uD83D\uDC4B\uD83C\uDFFD",
        "a\u0301"
      })
  void textOfAnyScriptIsKept(String text) {
    assertThat(SafeText.line(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00,
        0x07,
        0x08,
        0x0B,
        0x0C,
        0x1B,
        0x7F,
        0x80,
        0x85,
        0x9B,
        0x9D, // controls
        0x061C,
        0x200B,
        0x200E,
        0x200F,
        0x202A,
        0x202E,
        0x2066,
        0x2069,
        0xFEFF, // formats
        0xE000,
        0xFFFF,
        0xE0041,
        0x10FFFF // private, unassigned, tags
      })
  void whatATerminalMightObeyIsReplaced(int codePoint) {
    assertThat(SafeText.line("a" + Character.toString(codePoint) + "b")).isEqualTo("a\uFFFDb");
    assertThat(SafeText.name("a" + Character.toString(codePoint) + "b"))
        .doesNotContain(Character.toString(codePoint));
  }

  @Test
  void anEscapeSequenceIsHarmless() {
    assertThat(SafeText.line("\u001B[2J\u001B]0;title\u0007"))
        .isEqualTo("\uFFFD[2J\uFFFD]0;title\uFFFD");
  }

  @Test
  void halfASurrogatePairIsReplaced() {
    assertThat(SafeText.line("a\uD800b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void aLineBreakDoesNotMakeASecondLine() {
    assertThat(SafeText.line("a\r\n* bob left\n\u2028\u2029b"))
        .isEqualTo("a\u23CE* bob left\u23CE\u23CE\u23CEb");
  }

  @Test
  void aCarriageReturnAloneDoesNotOverwriteTheLine() {
    assertThat(SafeText.line("a\rb")).isEqualTo("a\uFFFDb");
  }

  @Test
  void aTabIsASpace() {
    assertThat(SafeText.line("a\tb")).isEqualTo("a b");
  }

  @ParameterizedTest
  @CsvSource({
    "alice, alice",
    "'  alice ', alice",
    "alice smith, alice_smith",
    "a:b, a_b",
    "'* bob left', __bob_left",
    "'! oops', __oops",
    "'', _",
    "'  ', _"
  })
  void aNameIsOneWordThatIsNoNotice(String username, String name) {
    assertThat(SafeText.name(username)).isEqualTo(name);
  }

  @Test
  void aLongNameIsCut() {
    assertThat(SafeText.name("\uD83D\uDC4B".repeat(100))).isEqualTo("\uD83D\uDC4B".repeat(32));
  }

  @Test
  void namesDoNotDifferByWhatNobodySees() {
    assertThat(SafeText.name("bob\u200D")).isEqualTo("bob\uFFFD");
  }
}
