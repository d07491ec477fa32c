package io.resolute.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Which server certificates a client accepts. There is deliberately no way to accept any. Safe for
 * use by several threads.
 */
public final class Trust {
  private static final int SHA256_BYTES = 32;

  private interface Source {
    /** Returns what decides on a certificate. */
    TrustManager[] managers() throws GeneralSecurityException;
  }

  private final Source source;

  private Trust(Source source) {
    this.source = source;
  }

  /** Accepts what the JDK's authorities vouch for, if it names the server's host. */
  public static Trust systemRoots() {
    return new Trust(() -> managers(null));
  }

  /**
   * Accepts what the given authorities vouch for, if it names the server's host. A server's own
   * certificate may stand in for an authority. The system's authorities are not asked.
   *
   * @param pem one or more certificates, each a PEM block {@code CERTIFICATE}
   * @throws IllegalArgumentException if there is none, or something else
   */
  public static Trust pem(String pem) {
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes));
      int number = 0;
      for (Certificate certificate : all) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      if (number == 0) {
        throw new IllegalArgumentException("there is no certificate in the PEM text");
      }
      return new Trust(() -> managers(store));
    } catch (CertificateException notCertificates) {
      throw new IllegalArgumentException("the PEM text is not certificates", notCertificates);
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("the JDK has no empty key store", impossible);
    }
  }

  /**
   * As {@link #pem}, from a file.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if there is no certificate in it, or something else
   */
  public static Trust pemFile(Path file) throws IOException {
    return pem(Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  /**
   * Accepts the one certificate that has this fingerprint, whoever signed it, whatever host it
   * names and until whenever it is valid. For servers with a certificate that they made themselves.
   *
   * @param sha256 the SHA-256 of the certificate's DER encoding: 64 hexadecimal digits, in either
   *     case, with or without a colon between each two
   * @throws IllegalArgumentException if it is something else
   */
  public static Trust pin(String sha256) {
    byte[] fingerprint;
    try {
      HexFormat format = sha256.indexOf(':') < 0 ? HexFormat.of() : HexFormat.ofDelimiter(":");
      fingerprint = format.parseHex(sha256);
    } catch (IllegalArgumentException notHexadecimal) {
      throw new IllegalArgumentException("a fingerprint is 64 hexadecimal digits");
    }
    if (fingerprint.length != SHA256_BYTES) {
      throw new IllegalArgumentException("a fingerprint is 64 hexadecimal digits");
    }
    return new Trust(() -> new TrustManager[] {new PinTrustManager(fingerprint)});
  }

  /** Returns a TLS context that accepts what this accepts. */
  SSLContext sslContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, source.managers(), null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the JDK has no TLS", impossible);
    }
  }

  private static TrustManager[] managers(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return factory.getTrustManagers();
  }
}
