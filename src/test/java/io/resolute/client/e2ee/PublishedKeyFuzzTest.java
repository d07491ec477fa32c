package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.junit.jupiter.params.provider.MethodSource;

/** Public keys of a hostile server. */
class PublishedKeyFuzzTest {
  static Stream<byte[]> keys() {
    String key = new Party("alice").publicKey;
    String rsa = RsaScheme.generate(new CountedRandom("rsa")).publicKey();
    return Stream.of(
            key,
            rsa + key,
            rsa,
            rsa + rsa + key,
            key + rsa,
            key + key,
            key.replace("\n", "\r\n"),
            key.strip(),
            key.replace("ADMISSION", "PUBLIC KEY"),
            key.substring(0, key.indexOf("-----BEGIN RESOLUTE ADMISSION")))
        .map(text -> text.getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("keys")
  @FuzzTest
  void whatIsReadHasOneSpelling(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    PublishedKey.parse(text)
        .ifPresent(
            key -> {
              assertThat(PublishedKey.isClaimedBy(text)).isTrue();
              assertThat(key.bundle()).hasSize(Bundle.BYTES);
              assertThat(key.admission()).hasSize(Admission.BYTES);
              String pem = PublishedKey.toPem(key.bundle(), key.admission());
              assertThat(text).endsWith(pem);
              String before = text.substring(0, text.length() - pem.length());
              if (!before.isEmpty()) {
                RSAKeyParameters rsa = RsaPublicKey.fromPem(before).orElseThrow();
                assertThat(RsaPublicKey.toPem(rsa)).isEqualTo(before);
              }
            });
  }
}
