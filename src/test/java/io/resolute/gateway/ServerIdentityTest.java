package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.resolute.config.ConfigException;
import io.resolute.config.TlsConfig;
import io.resolute.testing.Material;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ServerIdentityTest {
  private static final String P256 =
      "secp256r1 [NIST P-256,X9.62 prime256v1] (1.2.840.10045.3.1.7)";
  private static final int DNS = 2;
  private static final int IP = 7;

  private final Instant soon = Instant.now().plus(Duration.ofDays(30));
  @TempDir private Path dir = Path.of("");

  private static List<X509Certificate> certificates(ServerIdentity identity) throws Exception {
    byte[] chain = identity.chain().getBytes(StandardCharsets.US_ASCII);
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(chain))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  private static PrivateKey key(ServerIdentity identity, String algorithm) throws Exception {
    try (PemReader reader = new PemReader(new StringReader(identity.key()))) {
      PemObject object = reader.readPemObject();
      assertThat(object.getType()).isEqualTo("PRIVATE KEY");
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(object.getContent()));
    }
  }

  private Path file(String name, String text) throws IOException {
    return Material.write(dir, name, text);
  }

  private static String refusal(Path certificate, Path key) {
    ConfigException refusal =
        catchThrowableOfType(
            ConfigException.class, () -> ServerIdentity.load(files(certificate, key)));
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.line()).hasLineCount(1);
    return refusal.line();
  }

  private static TlsConfig.Files files(Path certificate, Path key) {
    return new TlsConfig.Files(certificate, key, Duration.ofSeconds(10));
  }

  @Test
  void theSelfSignedCertificateIsOfP256AndNamesTheHosts() throws Exception {
    ServerIdentity identity =
        ServerIdentity.load(
            new TlsConfig.SelfSigned(
                List.of("localhost", "127.0.0.1", "::1", "b\u00fccher.example", "*.example.org")));
    List<X509Certificate> chain = certificates(identity);
    assertThat(chain).hasSize(1);
    X509Certificate own = chain.get(0);
    own.verify(own.getPublicKey());
    own.checkValidity();
    assertThat(((ECPublicKey) own.getPublicKey()).getParams()).hasToString(P256);
    assertThat(own.getSubjectAlternativeNames())
        .containsExactly(
            List.of(DNS, "localhost"),
            List.of(IP, "127.0.0.1"),
            List.of(IP, "0:0:0:0:0:0:0:1"),
            List.of(DNS, "xn--bcher-kva.example"),
            List.of(DNS, "*.example.org"));
    assertThat(own.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(own.getBasicConstraints()).isEqualTo(-1);
    assertThat(identity.expires())
        .isCloseTo(Instant.now().plus(Duration.ofDays(365)), within(1, ChronoUnit.HOURS));
    assertThat(key(identity, "EC").getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void everyStartHasACertificateAndKeyOfItsOwn() throws Exception {
    TlsConfig config = new TlsConfig.SelfSigned(List.of("localhost"));
    ServerIdentity first = ServerIdentity.load(config);
    ServerIdentity second = ServerIdentity.load(config);
    assertThat(first.key()).isNotEqualTo(second.key());
    assertThat(first.fingerprint()).isNotEqualTo(second.fingerprint());
  }

  @Test
  void theFingerprintIsTheSha256OfTheCertificate() throws Exception {
    ServerIdentity identity = ServerIdentity.load(new TlsConfig.SelfSigned(List.of("localhost")));
    byte[] der = certificates(identity).get(0).getEncoded();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(der);
    assertThat(identity.fingerprint())
        .isEqualTo(HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
  }

  @Test
  void theKeyIsNotPrinted() throws Exception {
    ServerIdentity identity = ServerIdentity.load(new TlsConfig.SelfSigned(List.of("localhost")));
    assertThat(identity).hasToString("ServerIdentity[" + identity.fingerprint() + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a..b",
        "a\u0000\ud800",
        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg.example"
      })
  void aHostThatIsNoneIsRefused(String host) {
    ConfigException refusal =
        catchThrowableOfType(
            ConfigException.class,
            () -> ServerIdentity.load(new TlsConfig.SelfSigned(List.of(host))));
    assertThat(refusal.line()).startsWith("tls.selfSigned: ");
  }

  @ParameterizedTest
  @CsvSource({"EC, 256, EC PRIVATE KEY", "EC, 384, EC PRIVATE KEY", "RSA, 2048, RSA PRIVATE KEY"})
  void aKeyIsReadInTheFormOfOpenSslAndInPkcs8(String algorithm, int bits, String label)
      throws Exception {
    KeyPair keys = Material.keys(algorithm, bits);
    Path chain =
        file(
            "chain.pem",
            Material.certificate("server", keys, soon)
                + Material.certificate("authority", Material.keys("EC", 256), soon));
    String openSsl = Material.pem(keys.getPrivate());
    assertThat(openSsl).contains(label);
    String pkcs8 = Material.pem(new JcaPKCS8Generator(keys.getPrivate(), null));
    assertThat(pkcs8).contains("BEGIN PRIVATE KEY");
    for (String text : List.of(openSsl, pkcs8, "a comment\n" + openSsl, crlf(pkcs8))) {
      ServerIdentity identity = ServerIdentity.load(files(chain, file("key.pem", text)));
      assertThat(secret(key(identity, algorithm))).isEqualTo(secret(keys.getPrivate()));
      assertThat(certificates(identity)).hasSize(2);
      assertThat(certificates(identity).get(0).getPublicKey().getEncoded())
          .isEqualTo(keys.getPublic().getEncoded());
      assertThat(identity.expires()).isEqualTo(soon.truncatedTo(ChronoUnit.SECONDS));
    }
  }

  private static BigInteger secret(PrivateKey key) {
    return key instanceof ECPrivateKey ec ? ec.getS() : ((RSAPrivateKey) key).getPrivateExponent();
  }

  @Test
  void aKeyOfAnEllipticCurveMayComeWithoutItsPublicKey() throws Exception {
    // RFC 5915 §3: openssl ec -no_public
    KeyPair keys = Material.keys("EC", 256);
    BigInteger secret = secret(keys.getPrivate());
    ASN1ObjectIdentifier p256 = new ASN1ObjectIdentifier("1.2.840.10045.3.1.7");
    byte[] sec1 = new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, p256).getEncoded();
    ServerIdentity identity =
        ServerIdentity.load(
            files(
                file("chain.pem", Material.certificate("server", keys, soon)),
                file("key.pem", Material.pem(new PemObject("EC PRIVATE KEY", sec1)))));
    assertThat(secret(key(identity, "EC"))).isEqualTo(secret);
  }

  private static String crlf(String text) {
    return text.replace("\n", "\r\n");
  }

  @Test
  void parametersInFrontOfAKeyAreSkipped() throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    String parameters =
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    ServerIdentity identity =
        ServerIdentity.load(
            files(
                file("chain.pem", Material.certificate("server", keys, soon)),
                file("key.pem", parameters + Material.pem(keys.getPrivate()))));
    assertThat(secret(key(identity, "EC"))).isEqualTo(secret(keys.getPrivate()));
  }

  @Test
  void aFileThatCannotBeReadIsNamedWithItsKey() throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    Path chain = file("chain.pem", Material.certificate("server", keys, soon));
    Path missing = dir.resolve("missing.pem");
    assertThat(refusal(missing, missing))
        .startsWith("tls.certificate: " + missing + " cannot be read");
    assertThat(refusal(chain, missing)).startsWith("tls.key: " + missing + " cannot be read");
    assertThat(refusal(dir, missing)).startsWith("tls.certificate: " + dir);
    assertThat(refusal(chain, dir)).startsWith("tls.key: " + dir + " cannot be read");
  }

  @Test
  void aFileThatHoldsNoCertificateOrKeyIsNamed() throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    String certificate = Material.certificate("server", keys, soon);
    Path chain = file("chain.pem", certificate);
    String key = Material.pem(keys.getPrivate());
    for (String text : List.of("", "not PEM", key, truncated(certificate))) {
      Path wrong = file("wrong.pem", text);
      assertThat(refusal(wrong, chain))
          .isEqualTo("tls.certificate: " + wrong + " holds no certificate in PEM");
    }
    for (String text :
        List.of("", "not PEM", "\u00e9", certificate, truncated(key), key.replace('M', '!'))) {
      Path wrong = file("wrong.pem", text);
      assertThat(refusal(chain, wrong))
          .isEqualTo("tls.key: " + wrong + " holds no private key in PEM that is not encrypted");
    }
  }

  private static String truncated(String pem) {
    return pem.substring(0, pem.length() / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "EC PARAMETERS"})
  void rubbishInAKeysFileIsRefusedInOneLine(String label) throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    Path chain = file("chain.pem", Material.certificate("server", keys, soon));
    Random random = new Random(20_261_123);
    for (int i = 0; i < 300; i++) {
      byte[] rubbish = new byte[1 + random.nextInt(60)];
      random.nextBytes(rubbish);
      rubbish[0] = random.nextBoolean() ? 0x30 : rubbish[0];
      String base64 = Base64.getMimeEncoder().encodeToString(rubbish);
      Path wrong =
          file(
              "wrong.pem",
              "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
      assertThat(refusal(chain, wrong)).startsWith("tls.key: " + wrong + " holds no private key");
    }
  }

  @Test
  void anEncryptedKeyIsRefused() throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    Path chain = file("chain.pem", Material.certificate("server", keys, soon));
    Path key =
        file(
            "key.pem",
            Material.pem(
                new JcaPKCS8Generator(
                    keys.getPrivate(),
                    new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                        .setProvider(new BouncyCastleProvider())
                        .setPassword("a password".toCharArray())
                        .build())));
    assertThat(Files.readString(key)).contains("ENCRYPTED PRIVATE KEY");
    assertThat(refusal(chain, key)).contains("holds no private key in PEM that is not encrypted");
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() throws Exception {
    KeyPair ec = Material.keys("EC", 256);
    KeyPair rsa = Material.keys("RSA", 2048);
    for (KeyPair keys : List.of(ec, rsa)) {
      Path chain = file("chain.pem", Material.certificate("server", keys, soon));
      for (KeyPair other : List.of(Material.keys("EC", 256), Material.keys("RSA", 2048))) {
        Path key = file("key.pem", Material.pem(other.getPrivate()));
        assertThat(refusal(chain, key)).startsWith("tls.key: is not the key of the first ");
      }
    }
  }

  @Test
  void anAuthoritysCertificateInFrontOfTheServersIsRefused() throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    Path chain =
        file(
            "chain.pem",
            Material.certificate("authority", Material.keys("EC", 256), soon)
                + Material.certificate("server", keys, soon));
    Path key = file("key.pem", Material.pem(keys.getPrivate()));
    assertThat(refusal(chain, key)).startsWith("tls.key: is not the key of the first ");
  }

  @Test
  void aKeyThatTlsCannotUseOrThatIsTooShortIsRefused() throws Exception {
    for (KeyPair keys : List.of(Material.keys("RSA", 1024), Material.keys("Ed25519", 255))) {
      Path chain = file("chain.pem", Material.certificate("server", keys, soon));
      Path key = file("key.pem", Material.pem(keys.getPrivate()));
      assertThat(refusal(chain, key)).startsWith("tls.certificate: expected a key of RSA");
    }
  }

  @Test
  void aCertificateAndItsKeyMayStandInOneFile() throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    Path both =
        file(
            "both.pem",
            Material.pem(keys.getPrivate()) + Material.certificate("server", keys, soon));
    assertThat(certificates(ServerIdentity.load(files(both, both)))).hasSize(1);
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    Instant past = Instant.now().minusSeconds(60);
    Path chain = file("chain.pem", Material.certificate("server", keys, past));
    Path key = file("key.pem", Material.pem(keys.getPrivate()));
    assertThat(refusal(chain, key)).startsWith("tls.certificate: expired on ");
  }

  @Test
  void aCertificateThatIsNotForServersIsRefused() throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    Path key = file("key.pem", Material.pem(keys.getPrivate()));
    List<KeyPurposeId> client = List.of(KeyPurposeId.id_kp_clientAuth);
    assertThat(refusal(file("client.pem", Material.certificate("c", keys, soon, client)), key))
        .isEqualTo(
            "tls.certificate: is not for servers (its extended key usage has no serverAuth), and"
                + " clients would refuse it; name another");
    for (KeyPurposeId right :
        List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.anyExtendedKeyUsage)) {
      List<KeyPurposeId> both = List.of(KeyPurposeId.id_kp_clientAuth, right);
      Path chain = file("both.pem", Material.certificate("b", keys, soon, both));
      assertThat(certificates(ServerIdentity.load(files(chain, key)))).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rw-------, false",
    "r--------, false",
    "rw-r-----, false",
    "rw-r--r--, true",
    "rw-rw-rw-, true",
    "rw-rw----, true",
    "rw-----w-, true"
  })
  void aKeyThatOthersMayReadOrWriteIsWarnedOfAndUsed(String rights, boolean warned)
      throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    Path chain = file("chain.pem", Material.certificate("server", keys, soon));
    Path key = file("key.pem", Material.pem(keys.getPrivate()));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(rights));
    Logger logger = (Logger) LoggerFactory.getLogger(ServerIdentity.class.getName());
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      assertThat(certificates(ServerIdentity.load(files(chain, key)))).hasSize(1);
    } finally {
      logger.detachAppender(log);
    }
    String warning =
        "tls.key: others may read or write " + key + ": take that from them, chmod 600";
    // Other tests of this JVM may load a key meanwhile.
    assertThat(log.list.stream().anyMatch(e -> e.getFormattedMessage().equals(warning)))
        .isEqualTo(warned);
  }
}
