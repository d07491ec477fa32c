package io.resolute.bench;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A self-signed certificate in files, the same for all servers of a run.
 *
 * @param chain PEM
 * @param key PEM, PKCS #8
 */
record Certificate(Path chain, Path key) {
  /** What its key is. */
  enum Kind {
    P256("EC", 256, "SHA256withECDSA"),
    RSA2048("RSA", 2048, "SHA256withRSA");

    private final String algorithm;
    private final int bits;
    private final String signature;

    Kind(String algorithm, int bits, String signature) {
      this.algorithm = algorithm;
      this.bits = bits;
      this.signature = signature;
    }
  }

  /** Makes one for localhost. */
  static Certificate make(Path directory, Kind kind) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(kind.algorithm, new BouncyCastleProvider());
      generator.initialize(kind.bits);
      KeyPair keys = generator.generateKeyPair();
      X500Name name = new X500Name("CN=localhost");
      Instant now = Instant.now();
      Object certificate =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.ONE,
                  Date.from(now.minus(Duration.ofDays(1))),
                  Date.from(now.plus(Duration.ofDays(1))),
                  name,
                  keys.getPublic())
              .build(new JcaContentSignerBuilder(kind.signature).build(keys.getPrivate()));
      return new Certificate(
          write(directory.resolve(kind + ".crt"), certificate),
          write(directory.resolve(kind + ".key"), new JcaPKCS8Generator(keys.getPrivate(), null)));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new Fault("no certificate could be made in " + directory + ": " + e.getMessage(), e);
    }
  }

  private static Path write(Path file, Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return Files.writeString(file, text.toString());
  }
}
