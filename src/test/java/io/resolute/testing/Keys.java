package io.resolute.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Public keys as clients of the Go system send them. */
public final class Keys {
  /** A PEM block, with its line ends as they stand in JSON. */
  public static final String PEM = json(rsaPublicKey(rsa()));

  private Keys() {}

  /** Returns a new RSA key pair of 2048 bits. */
  public static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns the PKCS#1 form of a public key, as Go's {@code pem.EncodeToMemory} writes it. */
  public static String rsaPublicKey(KeyPair pair) {
    try {
      byte[] pkcs1 =
          SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())
              .parsePublicKey()
              .getEncoded();
      String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs1);
      return "-----BEGIN RSA PUBLIC KEY-----\n" + lines + "\n-----END RSA PUBLIC KEY-----\n";
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns {@code text} as it stands between the quotes of a JSON string. */
  public static String json(String text) {
    return text.replace("\n", "\\n");
  }
}
