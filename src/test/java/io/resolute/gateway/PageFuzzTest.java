package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code Accept-Encoding} as a stranger writes it, a byte a character. */
class PageFuzzTest {
  static Stream<byte[]> values() {
    return Stream.of(
            "gzip",
            "gzip, deflate, br, zstd",
            "br;q=1.0,\tGZip ;\tQ=0.5",
            "gzip;q=0",
            "gzip;q=0.000 , br",
            "gzip;q=0.001",
            "gzip;q=",
            "gzip;level=9",
            "xgzip, gzipx",
            "deflate gzip",
            "gzip;q=0, gzip",
            ",,gzip,",
            "*",
            "",
            "gzip\u0085",
            "\u0085, gzip, \u0085",
            "gzip,".repeat(1600) + "\u0085")
        .map(value -> value.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("values")
  @FuzzTest
  void gzipIsTakenIfItIsNamedAndNotForbidden(byte[] input) {
    String value = new String(input, StandardCharsets.ISO_8859_1);
    assertThat(Page.takesGzip(value))
        .isEqualTo(Stream.of(value.split(",")).anyMatch(PageFuzzTest::isGzip));
  }

  private static boolean isGzip(String coding) {
    String[] parts = coding.split(";", 2);
    if (!trim(parts[0]).equalsIgnoreCase("gzip")) {
      return false;
    }
    String weight = parts.length > 1 ? trim(parts[1]).toLowerCase(Locale.ROOT) : "q=1";
    return weight.startsWith("q=") && !weight.substring(2).matches("0(\\.0*)?");
  }

  private static String trim(String text) {
    return text.replaceAll("^[ \t]+", "").replaceAll("[ \t]+$", "");
  }
}
