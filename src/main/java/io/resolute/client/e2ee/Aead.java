package io.resolute.client.e2ee;

import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** AES-256-GCM (NIST SP 800-38D), the tag of 16 bytes behind the ciphertext. */
final class Aead {
  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private Aead() {}

  static byte[] seal(byte[] key, byte[] nonce, byte[] associated, byte[] plain) {
    try {
      return process(true, parameters(key, nonce, associated), plain);
    } catch (InvalidCipherTextException impossible) {
      throw new IllegalStateException("encryption checks no tag", impossible);
    }
  }

  /** Returns the plaintext, or nothing if any of the four is not what it was sealed with. */
  static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] associated, byte[] sealed) {
    try {
      return Optional.of(process(false, parameters(key, nonce, associated), sealed));
    } catch (InvalidCipherTextException forged) {
      return Optional.empty();
    }
  }

  private static AEADParameters parameters(byte[] key, byte[] nonce, byte[] associated) {
    return new AEADParameters(new KeyParameter(key), TAG_BYTES * Byte.SIZE, nonce, associated);
  }

  private static byte[] process(boolean encrypt, AEADParameters parameters, byte[] input)
      throws InvalidCipherTextException {
    GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(encrypt, parameters);
    byte[] output = new byte[cipher.getOutputSize(input.length)];
    int written = cipher.processBytes(input, 0, input.length, output, 0);
    cipher.doFinal(output, written);
    return output;
  }
}
