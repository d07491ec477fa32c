package io.resolute.gateway;

import io.resolute.config.ConfigException;
import io.resolute.config.TlsConfig;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the server shows, and the key that it proves it with.
 *
 * @param chain PEM, the server's own certificate first
 * @param key PEM, PKCS#8, not encrypted
 * @param fingerprint SHA-256 of the server's own certificate: 32 bytes in hex, joined by colons
 * @param expires when the server's own certificate ceases to be valid
 */
public record ServerIdentity(String chain, String key, String fingerprint, Instant expires) {
  private static final Logger LOG = LoggerFactory.getLogger(ServerIdentity.class);
  private static final Duration SELF_SIGNED_VALIDITY = Duration.ofDays(365);
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final int SERIAL_BITS = 127;
  private static final int MIN_RSA_BITS = 2048;
  // A group may be what lets the server read its key; nothing else has to write it.
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.GROUP_WRITE);
  private static final Set<BigInteger> CURVES =
      Set.of(order("secp256r1"), order("secp384r1"), order("secp521r1"));

  /** Hides the key. */
  @Override
  public String toString() {
    return "ServerIdentity[" + fingerprint + "]";
  }

  /**
   * Makes or reads what the configuration asks for, and warns of a key that others may read. Blocks
   * while it reads files.
   *
   * @throws ConfigException if a file cannot be read, or the key is not the certificate's
   */
  public static ServerIdentity load(TlsConfig config) throws ConfigException {
    if (config instanceof TlsConfig.Files files) {
      return read(files);
    }
    return selfSigned(((TlsConfig.SelfSigned) config).hosts());
  }

  private static ServerIdentity read(TlsConfig.Files files) throws ConfigException {
    List<X509Certificate> chain = readChain(files.certificate());
    PrivateKey key = readKey(files.key());
    X509Certificate own = chain.get(0);
    if (!isUsable(own)) {
      throw new ConfigException(
          "tls.certificate: expected a key of RSA with 2048 bits or more, or of P-256, P-384 or"
              + " P-521");
    }
    if (!isPair(own, key)) {
      throw new ConfigException(
          "tls.key: is not the key of the first certificate in tls.certificate; "
              + "name the two files that belong together");
    }
    if (!isForServers(own)) {
      throw new ConfigException(
          "tls.certificate: is not for servers (its extended key usage has no serverAuth), and"
              + " clients would refuse it; name another");
    }
    Instant expires = own.getNotAfter().toInstant();
    if (expires.isBefore(Instant.now())) {
      throw new ConfigException("tls.certificate: expired on " + expires + "; renew it");
    }
    warnIfOpenToOthers(files.key());
    return of(chain, key);
  }

  /** Where nothing is said, everything is permitted (RFC 5280 §4.2.1.12). */
  private static boolean isForServers(X509Certificate certificate) {
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      return purposes == null
          || purposes.contains(KeyPurposeId.id_kp_serverAuth.getId())
          || purposes.contains(KeyPurposeId.anyExtendedKeyUsage.getId());
    } catch (CertificateParsingException malformed) {
      return false;
    }
  }

  private static void warnIfOpenToOthers(Path key) {
    try {
      if (Files.getPosixFilePermissions(key).stream().anyMatch(OTHERS::contains)) {
        LOG.warn("tls.key: others may read or write {}: take that from them, chmod 600", key);
      }
    } catch (IOException | UnsupportedOperationException unknown) {
      // Not every file system tells.
    }
  }

  private static ServerIdentity of(List<X509Certificate> chain, PrivateKey key) {
    X509Certificate own = chain.get(0);
    return new ServerIdentity(
        pem(chain),
        pem(List.of(new PemObject("PRIVATE KEY", key.getEncoded()))),
        fingerprint(own),
        own.getNotAfter().toInstant());
  }

  private static List<X509Certificate> readChain(Path file) throws ConfigException {
    List<X509Certificate> chain = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(readText("tls.certificate", file)))) {
      JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
      for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
        // The key may stand in the same file.
        if (entry instanceof X509CertificateHolder certificate) {
          chain.add(converter.getCertificate(certificate));
        }
      }
    } catch (IOException | CertificateException | DecoderException malformed) {
      chain.clear();
    }
    if (chain.isEmpty()) {
      throw new ConfigException("tls.certificate: " + file + " holds no certificate in PEM");
    }
    return chain;
  }

  private static PrivateKey readKey(Path file) throws ConfigException {
    try (PEMParser parser = new PEMParser(new StringReader(readText("tls.key", file)))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
        // A pair's public key may be absent (RFC 5915 §3), and is not needed.
        if (entry instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (entry instanceof PrivateKeyInfo info) {
          return converter.getPrivateKey(info);
        }
      }
    } catch (IOException | DecoderException malformed) {
      throw noKey(file);
    }
    throw noKey(file);
  }

  private static String readText(String key, Path file) throws ConfigException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new ConfigException(
          key + ": " + file + " cannot be read; check that it exists, and its rights");
    }
  }

  private static ConfigException noKey(Path file) {
    return new ConfigException(
        "tls.key: " + file + " holds no private key in PEM that is not encrypted");
  }

  private static boolean isUsable(X509Certificate certificate) {
    if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() >= MIN_RSA_BITS;
    }
    return certificate.getPublicKey() instanceof ECPublicKey ec
        && CURVES.contains(ec.getParams().getOrder());
  }

  private static BigInteger order(String curve) {
    return ECNamedCurveTable.getParameterSpec(curve).getN();
  }

  private static boolean isPair(X509Certificate certificate, PrivateKey key) {
    String algorithm = key.getAlgorithm();
    String scheme =
        switch (algorithm) {
          case "EC", "ECDSA" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> algorithm;
        };
    try {
      byte[] challenge = new byte[32];
      Signature signature = Signature.getInstance(scheme);
      signature.initSign(key);
      signature.update(challenge);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(challenge);
      return signature.verify(signed);
    } catch (GeneralSecurityException otherAlgorithm) {
      return false;
    }
  }

  private static ServerIdentity selfSigned(List<String> hosts) throws ConfigException {
    try {
      SecureRandom random = new SecureRandom();
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      return of(List.of(certificate(hosts, pair, random)), pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new ConfigException(
          "tls.selfSigned: no certificate could be made on this Java; name one in tls.certificate");
    }
  }

  private static X509Certificate certificate(List<String> hosts, KeyPair pair, SecureRandom random)
      throws GeneralSecurityException, OperatorCreationException, IOException, ConfigException {
    X500Name name = new X500Name("CN=Resolute self-signed");
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.plus(SELF_SIGNED_VALIDITY)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  private static GeneralNames names(List<String> hosts) throws ConfigException {
    List<GeneralName> names = new ArrayList<>();
    for (String host : hosts) {
      try {
        names.add(
            IPAddress.isValid(host)
                ? new GeneralName(GeneralName.iPAddress, host)
                : new GeneralName(GeneralName.dNSName, dnsName(host)));
      } catch (IllegalArgumentException notAHost) {
        throw new ConfigException(
            "tls.selfSigned: expected host names or addresses such as \"chat.example.org\"");
      }
    }
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private static String dnsName(String host) {
    String wildcard = "*.";
    return host.startsWith(wildcard)
        ? wildcard + dnsName(host.substring(wildcard.length()))
        : IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a parsed certificate has a digest", impossible);
    }
  }

  private static String pem(List<?> objects) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object object : objects) {
        writer.writeObject(object);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string in memory refused text", impossible);
    }
    return text.toString();
  }
}
