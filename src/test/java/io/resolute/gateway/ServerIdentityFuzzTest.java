package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.resolute.config.ConfigException;
import io.resolute.config.TlsConfig;
import io.resolute.testing.Material;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of certificates and of keys. The first byte of an input says which of the two it is, what
 * the other file holds, and whether the rest is the file or what stands in base64 in it.
 */
class ServerIdentityFuzzTest {
  private static final List<String> LABELS =
      List.of(
          "CERTIFICATE",
          "PRIVATE KEY",
          "EC PRIVATE KEY",
          "RSA PRIVATE KEY",
          "ENCRYPTED PRIVATE KEY",
          "EC PARAMETERS",
          "PUBLIC KEY");

  private static final int LABEL = 0x0F; // One beyond the labels stands for the file itself.
  private static final int IS_KEY = 0x10;
  private static final int IS_RSA = 0x20;
  private static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");

  /** A certificate and its key, as files hold them. */
  private record Pair(String certificate, String key) {
    static Pair of(String algorithm, int bits) {
      try {
        KeyPair keys = Material.keys(algorithm, bits);
        return new Pair(Material.certificate("a", keys, NEVER), Material.pem(keys.getPrivate()));
      } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private static final Pair EC = Pair.of("EC", 256);
  private static final Pair RSA = Pair.of("RSA", 2048);

  @TempDir private Path dir = Path.of("");

  static Stream<byte[]> files() throws IOException {
    return Stream.of(
        input(LABEL, EC.certificate().getBytes(StandardCharsets.US_ASCII)),
        input(LABEL | IS_KEY, EC.key().getBytes(StandardCharsets.US_ASCII)),
        input(LABEL | IS_KEY, EC.key().replace('M', '!').getBytes(StandardCharsets.US_ASCII)),
        input(LABEL | IS_KEY | IS_RSA, EC.key().getBytes(StandardCharsets.US_ASCII)),
        input(LABEL | IS_KEY, Pair.of("EC", 256).key().getBytes(StandardCharsets.US_ASCII)),
        input(
            LABEL | IS_KEY | IS_RSA,
            (RSA.certificate() + RSA.key()).getBytes(StandardCharsets.US_ASCII)),
        input(0, der(EC.certificate())),
        input(IS_RSA, der(RSA.certificate())),
        input(2 | IS_KEY, der(EC.key())),
        input(3 | IS_KEY | IS_RSA, der(RSA.key())),
        input(1 | IS_KEY, der(EC.key())),
        input(5 | IS_KEY, new byte[] {6, 8, 42, (byte) 134, 72, (byte) 206, 61, 3, 1, 7}),
        new byte[0]);
  }

  private static byte[] input(int kind, byte[] rest) {
    byte[] input = new byte[rest.length + 1];
    input[0] = (byte) kind;
    System.arraycopy(rest, 0, input, 1, rest.length);
    return input;
  }

  private static byte[] der(String pem) throws IOException {
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      PemObject object = reader.readPemObject();
      return object.getContent();
    }
  }

  @MethodSource("files")
  @FuzzTest
  void twoFilesAreAnIdentityOrOneLineSaysWhatIsWrong(byte[] input) throws Exception {
    int kind = input.length == 0 ? 0 : input[0];
    String text =
        file(kind & LABEL, Arrays.copyOfRange(input, Math.min(1, input.length), input.length));
    Pair known = (kind & IS_RSA) == 0 ? EC : RSA;
    boolean isKey = (kind & IS_KEY) != 0;
    Path certificate = write("certificate.pem", isKey ? known.certificate() : text);
    Path key = write("key.pem", isKey ? text : known.key());
    try {
      assertIsWhole(
          ServerIdentity.load(new TlsConfig.Files(certificate, key, Duration.ofSeconds(10))));
    } catch (ConfigException refused) {
      assertThat(refused.line()).startsWith(isKey ? "tls.key: " : "tls.").hasLineCount(1);
      assertThat(refused.line().length()).isLessThan(200 + dir.toString().length());
    }
  }

  private static String file(int label, byte[] rest) {
    if (label >= LABELS.size()) {
      return new String(rest, StandardCharsets.ISO_8859_1);
    }
    String name = LABELS.get(label);
    String base64 = Base64.getMimeEncoder().encodeToString(rest);
    return "-----BEGIN " + name + "-----\n" + base64 + "\n-----END " + name + "-----\n";
  }

  private Path write(String name, String text) throws IOException {
    return Files.write(dir.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void assertIsWhole(ServerIdentity identity) throws Exception {
    byte[] chain = identity.chain().getBytes(StandardCharsets.US_ASCII);
    Certificate own =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(chain))
            .iterator()
            .next();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(own.getEncoded());
    assertThat(identity.fingerprint())
        .isEqualTo(HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
    assertThat(identity.expires()).isAfter(Instant.now());
    assertThat(isKeyOf(own, der(identity.key()))).isTrue();
  }

  private static boolean isKeyOf(Certificate own, byte[] pkcs8) throws GeneralSecurityException {
    String algorithm = own.getPublicKey().getAlgorithm();
    PrivateKey key =
        KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    Signature signature =
        Signature.getInstance(algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(own);
    return signature.verify(signed);
  }
}
