package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  private static final String BLOCK =
      "-----BEGIN RSA PUBLIC KEY-----\nMAoCAwEAAQIDAQAB\n-----END RSA PUBLIC KEY-----\n";
  private static final Duration PLENTY = Duration.ofSeconds(10);

  @Test
  void oneBlockAsGoWritesItIsPem() {
    byte[] der = new byte[270];
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    assertThat(
            Pem.isSeriesOfBlocks(
                "-----BEGIN RSA PUBLIC KEY-----\n" + base64 + "\n-----END RSA PUBLIC KEY-----\n"))
        .isTrue();
  }

  @Test
  void severalBlocksOfDifferentLabelsArePem() {
    String other = BLOCK.replace("RSA PUBLIC KEY", "RESOLUTE ADMISSION");
    assertThat(Pem.isSeriesOfBlocks(BLOCK + other + "\n" + BLOCK)).isTrue();
  }

  @Test
  void linesMayEndAsOnWindowsAndTheLastOneNotAtAll() {
    assertThat(Pem.isSeriesOfBlocks(BLOCK.replace("\n", "\r\n"))).isTrue();
    assertThat(Pem.isSeriesOfBlocks(BLOCK.strip())).isTrue();
    assertThat(Pem.isSeriesOfBlocks("\n \t" + BLOCK + "\r\n\n ")).isTrue();
  }

  @Test
  void aLabelMayHoldHyphensAsThePostQuantumOnesDo() {
    assertThat(Pem.isSeriesOfBlocks(BLOCK.replace("RSA", "ML-KEM-768"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \r\n\t ",
        "not PEM",
        "MAoCAwEAAQIDAQAB",
        "-----BEGIN A-----\nMAoC\n-----END B-----\n",
        "-----BEGIN A-----\nMAoC\n",
        "MAoC\n-----END A-----\n",
        "-----BEGIN A-----MAoC-----END A-----",
        "-----BEGIN A-----\n-----END A-----\n",
        "-----BEGIN A-----\n \n-----END A-----\n",
        "-----BEGIN -----\nMAoC\n-----END -----\n",
        "-----BEGIN A-----\nMA!C\n-----END A-----\n",
        "-----BEGIN A-----\nM\n-----END A-----\n",
        "-----BEGIN A-----\nMA=oC\n-----END A-----\n",
        "-----BEGIN A-----\nMAoC\n-----END A----\n",
        "-----BEGIN A-----\nMAoC\n-----BEGIN A-----\nMAoC\n-----END A-----\n-----END A-----\n",
        "---- BEGIN A ----\nMAoC\n---- END A ----\n",
        "-----BEGIN A-----\nMAoC\u000b-----END A-----\n",
        "-----BEGIN A-----\nMAoC\f-----END A-----\n",
        "-----BEGIN A-----\nMAoC\n-----END A-----\u000b",
        "\f-----BEGIN A-----\nMAoC\n-----END A-----\n"
      })
  void anythingElseIsNot(String text) {
    assertThat(Pem.isSeriesOfBlocks(text)).isFalse();
  }

  @Test
  void textAroundOrBetweenBlocksIsRefused() {
    assertThat(Pem.isSeriesOfBlocks("subject=x\n" + BLOCK)).isFalse();
    assertThat(Pem.isSeriesOfBlocks(BLOCK + "junk")).isFalse();
    assertThat(Pem.isSeriesOfBlocks(BLOCK + "junk\n" + BLOCK)).isFalse();
    assertThat(Pem.isSeriesOfBlocks(BLOCK + "\u0000")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "-",
        "A",
        "\n",
        "-----BEGIN A-----\n",
        "-----BEGIN A-----\nAAAA\n",
        "-----BEGIN A-----\nAAAA\n-----END B-----\n",
        "-----BEGIN A-----\nAAAA\n-----END A-----\n"
      })
  void hugeTextsAreReadInLinearTime(String part) {
    String huge = part.repeat(4_000_000 / part.length());
    for (String text : new String[] {huge, BLOCK + huge, "-----BEGIN A-----\n" + huge + "!"}) {
      assertTimeoutPreemptively(PLENTY, () -> Pem.isSeriesOfBlocks(text));
    }
  }
}
