package io.resolute.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** One address of {@code X-Forwarded-For}, as strangers and proxies write it. */
class ClientAddressFuzzTest {
  private static final String ZONED = "[0-9A-Fa-f.:]+(%[0-9A-Za-z._~-]+)?";
  private static final String ADDRESS = ZONED + "|\\[" + ZONED + "](:[0-9]+)?";

  static Stream<byte[]> values() {
    return Stream.of(
            "192.0.2.1",
            "192.0.2.1:80",
            " 2001:db8::1 ",
            "[2001:db8::1]:443",
            "[::ffff:192.0.2.1]",
            "[192.0.2.1]",
            "10.0.0.2, 10.0.0.3",
            "192.0.2.1, 10.0.0.2",
            "192.0.2.1,198.51.100.1, 10.0.0.2",
            "127.0.0.1, ::1",
            "unknown, 10.0.0.2",
            "256.1.1.1",
            "1.2.3.04",
            "1:2",
            ".:1",
            "fe80::1%eth0",
            "[fe80::1%2]:443",
            "192.0.2.1%eth0",
            "64:ff9b::c000:201",
            "[::1",
            "::1]",
            ",",
            ",,10.0.0.2,",
            "\u0661.1.1.1",
            "")
        .map(value -> value.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("values")
  @FuzzTest
  void anAddressIsTheSameInEverySpellingAndAnythingElseIsNone(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Optional<InetAddress> address = ClientAddress.parse(text);
    if (address.isPresent()) {
      // Nothing but an address: before a zone no letter beyond those of hexadecimal numbers, so no
      // name.
      assertThat(text.strip()).matches(ADDRESS);
      String canonical = address.get().getHostAddress();
      for (String spelling : List.of(canonical, "[" + canonical + "]", "[" + canonical + "]:1")) {
        assertThat(ClientAddress.parse(spelling)).isEqualTo(address);
      }
      ClientAddress client = ClientAddress.of(address.get());
      assertThat(client.network().length).isIn(4, 8);
      assertThat(client.toString()).doesNotContain(canonical);
    }
  }
}
