package io.resolute.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0B, 0",
    "1b, 1",
    "64KiB, 65536",
    "64 kib, 65536",
    "1MiB, 1048576",
    "3GiB, 3221225472",
    "999999999GiB, 1073741822926258176"
  })
  void aSizeIsANumberAndAUnit(String text, long bytes) {
    assertThat(Quantity.size(text)).contains(bytes);
  }

  @ParameterizedTest
  @CsvSource({"0s, 0", "7ms, 7", "20s, 20000", "2 m, 120000", "1h, 3600000", "1d, 86400000"})
  void aDurationIsANumberAndAUnit(String text, long millis) {
    assertThat(Quantity.duration(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "B",
        "1 ",
        "-1B",
        "+1B",
        "1.5KiB",
        "1KB",
        "1K",
        "1e3B",
        "1234567890B"
      })
  void anythingElseIsNoSize(String text) {
    assertThat(Quantity.size(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "1", "s", "-1s", "1.5s", "1S", "1sec", "1M", "PT1S", "1m30s", "\u0661s", "1s "
      })
  void anythingElseIsNoDuration(String text) {
    assertThat(Quantity.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0B", "1B", "1023B", "1KiB", "1025B", "1MiB", "1025KiB", "1024MiB"})
  void aSizeIsWrittenAsItIsRead(String text) {
    assertThat(Quantity.format(Quantity.size(text).orElseThrow())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0s", "1ms", "1500ms", "1s", "59s", "61s", "1m", "61m", "1h", "25h", "1d"})
  void aDurationIsWrittenAsItIsRead(String text) {
    assertThat(Quantity.format(Quantity.duration(text).orElseThrow())).isEqualTo(text);
  }

  @Test
  void aSizeIsWrittenWithTheLargestUnitThatLeavesItWhole() {
    assertThat(Quantity.format(65_536)).isEqualTo("64KiB");
    assertThat(Quantity.format(Duration.ofHours(2))).isEqualTo("2h");
  }
}
