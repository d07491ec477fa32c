package io.resolute.client.e2ee;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** Names an identity: the SHA-256 of its bundle. Ordered as unsigned bytes. */
final class BundleHash implements Comparable<BundleHash> {
  static final int BYTES = 32;

  private final byte[] value;

  private BundleHash(byte[] value) {
    this.value = value;
  }

  static BundleHash of(byte[] bundle) {
    SHA256Digest digest = new SHA256Digest();
    digest.update(bundle, 0, bundle.length);
    byte[] value = new byte[BYTES];
    digest.doFinal(value, 0);
    return new BundleHash(value);
  }

  byte[] bytes() {
    return value.clone();
  }

  @Override
  public int compareTo(BundleHash other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BundleHash hash && Arrays.equals(value, hash.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "BundleHash[hidden]";
  }
}
