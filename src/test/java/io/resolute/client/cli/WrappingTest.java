package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappingTest {
  @Test
  void aLineThatFitsStaysAsItIs() {
    assertThat(Wrapping.wrap("* bob  came in ", 20)).isEqualTo("* bob  came in ");
  }

  @Test
  void aLongLineIsBrokenBetweenWordsAndIndented() {
    assertThat(Wrapping.wrap("* one two three four five six seven", 20))
        .isEqualTo("* one two three\n  four five six\n  seven");
  }

  @Test
  void nothingThatSomebodyWroteBeginsALineOfTheTerminal() {
    String forged =
        "bob: " + "x".repeat(75) + "*\u00A0eve\u00A0left " + " ".repeat(80) + "* eve left";
    assertThat(Wrapping.wrap(forged, 80).lines().skip(1)).allMatch(line -> line.startsWith("  "));
    assertThat(Wrapping.wrap(forged, 80).lines()).allMatch(line -> line.length() < 80);
  }

  @Test
  void signsOfDoubleWidthCountTwice() {
    assertThat(Wrapping.wrap("\u4F60".repeat(20), 21))
        .isEqualTo("\u4F60".repeat(10) + "\n  " + "\u4F60".repeat(9) + "\n  \u4F60");
  }

  @Test
  void aLinkStaysWhole() {
    String link = "https://chat.example/" + "x".repeat(40);
    assertThat(Wrapping.wrap("bob: see " + link + " there", 30))
        .isEqualTo("bob: see\n  " + link + "\n  there");
  }

  @Test
  void whereNobodyKnowsTheWidthNothingIsBroken() {
    assertThat(Wrapping.wrap("* one two three four five six seven", 0)).doesNotContain("\n");
  }
}
