package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code Origin}, and in the second line {@code Host}, as a hostile page has them sent. */
class OriginFuzzTest {
  private static final String ALLOWED = "https://chat.example.org";
  private static final Handshake HANDSHAKE = new Handshake(List.of(ALLOWED), "");

  static Stream<byte[]> headers() {
    return Stream.of(
            "",
            "https://chat.example.org\nother.example",
            "https://chat.example.org:443\nother.example",
            "HTTPS://Chat.Example.Org\nother.example",
            "https://relay.example:5656\nrelay.example:5656",
            "https://relay.example\nrelay.example:443",
            "http://relay.example\nrelay.example",
            "https://evil.example\nrelay.example",
            "https://relay.example.evil.example\nrelay.example",
            "https://chat.example.org.evil.example\nrelay.example",
            "https://chat.example.org:4433\nrelay.example",
            "null\nnull",
            "https://\n")
        .map(header -> header.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("headers")
  @FuzzTest
  void aPageIsLetInThatIsOfTheHostThatWasAskedOrIsConfigured(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
    String origin = parts[0];
    String host = parts.length > 1 ? parts[1] : null;
    boolean let = HANDSHAKE.isFrom(origin, host);
    assertThat(let)
        .isEqualTo(isSame(origin, ALLOWED) || (host != null && isSame(origin, "https://" + host)));
    if (host != null) {
      assertThat(HANDSHAKE.isFrom("https://" + host, host)).isTrue();
      assertThat(HANDSHAKE.isFrom("https://evil." + host, host)).isFalse();
    }
  }

  /** The scheme's own port is optional; upper and lower case are the same. */
  private static boolean isSame(String origin, String site) {
    return withoutPort(origin).equals(withoutPort(site));
  }

  private static String withoutPort(String site) {
    return site.toLowerCase(Locale.ROOT).replaceFirst("(?s)^(https://.*):443$", "$1");
  }
}
