package io.resolute.testing;

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
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys and certificates made for one test or measurement, as PEM. */
public final class Material {
  private Material() {}

  /** Makes a pair of keys. */
  public static KeyPair keys(String algorithm, int bits) throws GeneralSecurityException {
    // The JDK's own keys of elliptic curves lack what OpenSSL writes: curve and public key.
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(algorithm, new BouncyCastleProvider());
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  /**
   * Makes a certificate of keys, signed with themselves, for 90 days up to {@code until}.
   *
   * @param name the common name
   */
  public static String certificate(String name, KeyPair keys, Instant until)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    return certificate(name, keys, until, List.of());
  }

  /**
   * Makes a certificate as {@link #certificate(String, KeyPair, Instant)} does, for these purposes.
   *
   * @param purposes what it may be used for; empty to say nothing of that
   */
  public static String certificate(
      String name, KeyPair keys, Instant until, List<KeyPurposeId> purposes)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    X500Name subject = new X500Name("CN=" + name);
    String scheme =
        switch (keys.getPrivate().getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> keys.getPrivate().getAlgorithm();
        };
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            BigInteger.ONE,
            Date.from(until.minus(Duration.ofDays(90))),
            Date.from(until),
            subject,
            keys.getPublic());
    if (!purposes.isEmpty()) {
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
    }
    return pem(
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(new JcaContentSignerBuilder(scheme).build(keys.getPrivate()))));
  }

  /** Of keys, the form that OpenSSL writes: SEC1 for elliptic curves, PKCS#1 for RSA. */
  public static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }

  /** Writes what was made to a file. */
  public static Path write(Path dir, String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }
}
