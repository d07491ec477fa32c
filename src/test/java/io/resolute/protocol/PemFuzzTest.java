package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Public keys as a hostile client sends them. */
class PemFuzzTest {
  @FuzzTest
  void aSeriesOfBlocksStaysOneTwiceAndIsNoneCutShort(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    if (Pem.isSeriesOfBlocks(text)) {
      assertThat(Pem.isSeriesOfBlocks(text + text)).as("twice").isTrue();
      String cut = text.strip();
      assertThat(Pem.isSeriesOfBlocks(cut.substring(0, cut.length() - 1))).as("cut").isFalse();
    }
  }
}
