package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.util.io.pem.PemReader;

import java.io.IOException;
import java.io.StringReader;

/** Public keys as a hostile client sends them. */
class PemFuzzTest {
  @FuzzTest
  void whatIsTakenForBlocksIsOneForOtherReadersToo(byte[] input) throws IOException {
    String text = new String(input, StandardCharsets.UTF_8);
    if (Pem.isSeriesOfBlocks(text)) {
      assertThat(Pem.isSeriesOfBlocks(text + text)).as("twice the same").isTrue();
      try (PemReader reader = new PemReader(new StringReader(text))) {
        assertThat(reader.readPemObject()).as("the first block").isNotNull();
      }
    }
  }
}
