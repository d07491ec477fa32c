package io.resolute.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes, durations and rates as an operator writes them. */
class QuantityFuzzTest {
  static Stream<byte[]> quantities() {
    return Stream.of(
            "0B",
            "64KiB",
            "64 kib",
            "1\nB",
            "999999999GiB",
            "1GiB",
            "1500ms",
            "90s",
            "5m",
            "36h",
            "999999999d",
            "20/s",
            "0/m",
            "1MiB/s",
            "1 B/h",
            "1000000000B",
            "-1s",
            "1.5h",
            "1e3B",
            "KiB",
            "1",
            "1S",
            "/s",
            "1/d",
            "\u0661s",
            "")
        .map(quantity -> quantity.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("quantities")
  @FuzzTest
  void aQuantityIsReadAgainAsItIsWrittenAndIsNeverNegative(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Quantity.size(text)
        .ifPresent(
            size -> {
              assertThat(size).isBetween(0L, 999_999_999L << 30);
              assertThat(text).matches("[0-9]{1,9}\\s*[A-Za-z]+");
              // What is written has no GiB, and no more than nine digits are read.
              if (size <= 999_999_999L) {
                assertThat(Quantity.size(Quantity.format(size))).hasValue(size);
              }
            });
    Quantity.duration(text)
        .ifPresent(
            duration -> {
              assertThat(duration).isBetween(Duration.ZERO, Duration.ofDays(999_999_999));
              assertThat(Quantity.duration(Quantity.format(duration))).hasValue(duration);
            });
    Quantity.perSecond(text).ifPresent(rate -> assertThat(rate).isBetween(0.0, 1e9));
    Quantity.bytesPerSecond(text).ifPresent(rate -> assertThat(rate).isBetween(0.0, 0x1p60));
    Quantity.perSecond(text)
        .ifPresent(
            rate -> assertThat(Quantity.bytesPerSecond(text)).as("counts and bytes").isEmpty());
  }
}
