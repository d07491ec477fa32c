package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Public keys as a hostile client sends them. */
class PemFuzzTest {
  private static final Pattern END = Pattern.compile("-----END [A-Z0-9 -]+?-----");

  @FuzzTest
  void aSeriesOfBlocksStaysOneTwiceAndIsNoneCutShort(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    if (Pem.isSeriesOfBlocks(text)) {
      assertThat(Pem.isSeriesOfBlocks(text + text)).as("twice").isTrue();
      String cut = text.strip();
      assertThat(Pem.isSeriesOfBlocks(cut.substring(0, cut.length() - 1))).as("cut").isFalse();
      assertThat(labels("BEGIN", text)).isNotEmpty().isEqualTo(labels("END", text));
      END.splitAsStream(cut).forEach(block -> assertThat(block.strip()).startsWith("-----BEGIN "));
    }
  }

  private static List<String> labels(String which, String text) {
    Pattern line = Pattern.compile("-----" + which + " ([A-Z0-9 -]+?)-----");
    return line.matcher(text).results().map(found -> found.group(1)).toList();
  }
}
