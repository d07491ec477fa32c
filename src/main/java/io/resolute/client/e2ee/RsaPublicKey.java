package io.resolute.client.e2ee;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** The PEM block of an RSA public key: PKCS#1, RFC 8017 §A.1.1. */
final class RsaPublicKey {
  private static final String LABEL = "RSA PUBLIC KEY";
  private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(3);
  // As the largest public exponent of Go's crypto/rsa; a longer one costs more time than it is
  // worth.
  private static final int EXPONENT_BITS = 31;

  private RsaPublicKey() {}

  static String toPem(RSAKeyParameters key) {
    try {
      RSAPublicKey pkcs1 = new RSAPublicKey(key.getModulus(), key.getExponent());
      return PemBlock.encode(LABEL, pkcs1.getEncoded());
    } catch (IOException impossible) {
      throw new IllegalStateException("two integers have a DER encoding", impossible);
    }
  }

  /**
   * Reads the first block of {@code pem}.
   *
   * @return nothing if that is not a public key of this scheme
   */
  static Optional<RSAKeyParameters> fromPem(String pem) {
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      PemObject block = reader.readPemObject();
      if (block == null || !block.getType().equals(LABEL)) {
        return Optional.empty();
      }
      RSAPublicKey key = RSAPublicKey.getInstance(block.getContent());
      return isUsable(key) ? Optional.of(parameters(key)) : Optional.empty();
    } catch (IOException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private static RSAKeyParameters parameters(RSAPublicKey key) {
    return new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent());
  }

  private static boolean isUsable(RSAPublicKey key) {
    BigInteger exponent = key.getPublicExponent();
    return key.getModulus().bitLength() == RsaScheme.KEY_BITS
        && exponent.bitLength() <= EXPONENT_BITS
        && exponent.compareTo(SMALLEST_EXPONENT) >= 0
        && exponent.testBit(0);
  }
}
