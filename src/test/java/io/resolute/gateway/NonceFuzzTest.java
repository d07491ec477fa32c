package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code Sec-WebSocket-Key} as a hostile client writes it. */
class NonceFuzzTest {
  static Stream<byte[]> keys() {
    return Stream.of(
            "dGhlIHNhbXBsZSBub25jZQ==",
            "dGhlIHNhbXBsZSBub25jZQ",
            "dGhlIHNhbXBsZSBub25jZQ=",
            "dGhlIHNhbXBsZSBub25jZR==",
            "dGhlIHNhbXBsZSBub25jZQ== ",
            "dGhlIHNhbXBsZSBub25jZSE=",
            "")
        .map(header -> header.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("keys")
  @FuzzTest
  void aNonceIsSixteenBytesInBase64(byte[] input) {
    String key = new String(input, StandardCharsets.UTF_8);
    if (Handshake.isNonce(key)) {
      assertThat(key).matches("[A-Za-z0-9+/]{22}(==)?");
    }
    if (input.length == 16) {
      assertThat(Handshake.isNonce(Base64.getEncoder().encodeToString(input))).isTrue();
    }
  }
}
