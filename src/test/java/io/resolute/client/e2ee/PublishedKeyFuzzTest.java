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
            key + "\n",
            key + "x",
            "x" + key,
            "x".repeat(1024) + key,
            rsa.replace("\n", "\r\n") + key,
            rsa + rsa.replace("RSA", "DSA") + key,
            otherSpelling(key),
            otherLines(key),
            key.replace("END RESOLUTE PUBLIC", "END RESOLUTE PUBLIK"),
            key.replace("ADMISSION", "PUBLIC KEY"),
            key.substring(0, key.indexOf("-----BEGIN RESOLUTE ADMISSION")))
        .map(text -> text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The same tag, with bits behind its last byte. */
  private static String otherSpelling(String key) {
    int padding = key.lastIndexOf("=\n");
    char last = key.charAt(padding - 1);
    return key.substring(0, padding - 1) + (char) (last + 1) + key.substring(padding);
  }

  /** The same bytes, in a first line of 65 characters and a second of 63. */
  private static String otherLines(String key) {
    int end = key.indexOf('\n', key.indexOf('\n') + 1);
    return key.substring(0, end) + key.charAt(end + 1) + "\n" + key.substring(end + 2);
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
