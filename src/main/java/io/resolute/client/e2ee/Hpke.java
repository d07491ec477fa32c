package io.resolute.client.e2ee;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;

/**
 * HPKE (RFC 9180) in base mode, for one plaintext a context, with X-Wing
 * (draft-connolly-cfrg-xwing-kem), HKDF-SHA256 and AES-256-GCM: 0x647A, 0x0001, 0x0002.
 */
final class Hpke {
  /** Bytes of a private key, which is the seed of the draft. */
  static final int SEED_BYTES = 32;

  static final int PUBLIC_KEY_BYTES = 1216;
  static final int ENCAPSULATION_BYTES = 1120;

  /** Bytes that an encapsulation draws. */
  static final int ENCAPSULATION_SEED_BYTES = 64;

  private Hpke() {}

  static byte[] publicKey(byte[] seed) {
    return new XWingPrivateKeyParameters(seed).getPublicKeyParameters().getEncoded();
  }

  /**
   * Returns whether something can be sealed to {@code publicKey}: its coefficients are in range
   * (FIPS 203 §7.2) and its point is not of small order (RFC 7748 §6.1).
   */
  static boolean accepts(byte[] publicKey) {
    try {
      return publicKey.length == PUBLIC_KEY_BYTES
          && encapsulate(publicKey, Label.HANDOUT, new byte[ENCAPSULATION_SEED_BYTES]) != null;
    } catch (RuntimeException refusedByTheLibrary) {
      return false;
    }
  }

  /** Returns the encapsulated key and, behind it, the ciphertext. */
  static byte[] seal(
      byte[] publicKey, Label info, byte[] associated, byte[] plain, SecureRandom random) {
    byte[] seed = new byte[ENCAPSULATION_SEED_BYTES];
    random.nextBytes(seed);
    try {
      HPKEContextWithEncapsulation context = encapsulate(publicKey, info, seed);
      return Bytes.concat(context.getEncapsulation(), context.seal(associated, plain));
    } catch (InvalidCipherTextException impossible) {
      throw new IllegalStateException("encryption checks no tag", impossible);
    } finally {
      Bytes.wipe(seed);
    }
  }

  /**
   * Opens what {@link #seal} returned.
   *
   * @param seed the private key
   * @return nothing if it was not sealed so for this key
   */
  static Optional<byte[]> open(byte[] seed, Label info, byte[] associated, byte[] sealed) {
    if (sealed.length < ENCAPSULATION_BYTES + Aead.TAG_BYTES) {
      return Optional.empty();
    }
    byte[] encapsulation = Arrays.copyOf(sealed, ENCAPSULATION_BYTES);
    byte[] ciphertext = Arrays.copyOfRange(sealed, ENCAPSULATION_BYTES, sealed.length);
    try {
      HPKEContext context = suite().setupBaseR(encapsulation, keyPair(seed), info.bytes());
      return Optional.of(context.open(associated, ciphertext));
    } catch (InvalidCipherTextException | RuntimeException forged) {
      return Optional.empty();
    }
  }

  private static HPKEContextWithEncapsulation encapsulate(
      byte[] publicKey, Label info, byte[] seed) {
    return suite().setupBaseS(new XWingPublicKeyParameters(publicKey), info.bytes(), seed);
  }

  private static AsymmetricCipherKeyPair keyPair(byte[] seed) {
    XWingPrivateKeyParameters key = new XWingPrivateKeyParameters(seed);
    return new AsymmetricCipherKeyPair(key.getPublicKeyParameters(), key);
  }

  private static HPKE suite() {
    return new HPKE(HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }
}
