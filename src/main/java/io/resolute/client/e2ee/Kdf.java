package io.resolute.client.e2ee;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** HMAC (RFC 2104) and HKDF (RFC 5869), both with SHA-256. */
final class Kdf {
  /** Bytes of a tag, and of every symmetric key here. */
  static final int KEY_BYTES = 32;

  private static final byte[] NO_SALT = {};

  private Kdf() {}

  static byte[] hmac(byte[] key, byte[]... message) {
    HMac mac = new HMac(new SHA256Digest());
    mac.init(new KeyParameter(key));
    for (byte[] part : message) {
      mac.update(part, 0, part.length);
    }
    byte[] tag = new byte[mac.getMacSize()];
    mac.doFinal(tag, 0);
    return tag;
  }

  /** Returns {@code length} bytes for one purpose, without a salt. */
  static byte[] hkdf(byte[] secret, Label purpose, int length) {
    return hkdf(secret, NO_SALT, purpose.bytes(), length);
  }

  static byte[] hkdf(byte[] secret, byte[] salt, byte[] info, int length) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(new HKDFParameters(secret, salt, info));
    byte[] derived = new byte[length];
    hkdf.generateBytes(derived, 0, length);
    return derived;
  }
}
