package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastLinesTest {
  private static String wordsOf(String text) {
    return new LastLines("a process", new BufferedReader(new StringReader(text))).words();
  }

  @Test
  void theLastTenAreKept() {
    String twelve = IntStream.range(0, 12).mapToObj(i -> i + "\n").collect(Collectors.joining());
    assertThat(wordsOf(twelve)).isEqualTo("; it said last:\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11");
  }

  @Test
  void whoSaidNothingIsNotQuoted() {
    assertThat(wordsOf("")).isEmpty();
  }
}
