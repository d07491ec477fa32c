package io.resolute.bench;

import io.resolute.testing.Material;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * A self-signed certificate in files, the same for all servers of a run.
 *
 * @param chain PEM
 * @param key PEM, PKCS #8
 */
record Certificate(Path chain, Path key) {
  /** What its key is. */
  enum Kind {
    P256("EC", 256),
    RSA2048("RSA", 2048);

    private final String algorithm;
    private final int bits;

    Kind(String algorithm, int bits) {
      this.algorithm = algorithm;
      this.bits = bits;
    }
  }

  /** Makes one for localhost. */
  static Certificate make(Path directory, Kind kind) {
    try {
      KeyPair keys = Material.keys(kind.algorithm, kind.bits);
      Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
      String key = Material.pem(new JcaPKCS8Generator(keys.getPrivate(), null));
      return new Certificate(
          Material.write(
              directory, kind + ".crt", Material.certificate("localhost", keys, tomorrow)),
          Material.write(directory, kind + ".key", key));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new Fault("no certificate could be made in " + directory + ": " + e.getMessage(), e);
    }
  }
}
