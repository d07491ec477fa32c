package io.resolute.client.e2ee;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The public half of an {@link Identity}, signed by itself: {@code 0x01 ‖ kem_public(1216) ‖
 * sig_public(32) ‖ sig(64)}, the signature over {@link Label#BUNDLE} and both keys.
 */
final class Bundle {
  static final int BYTES =
      1 + Hpke.PUBLIC_KEY_BYTES + Ed25519.PUBLIC_KEY_SIZE + Ed25519.SIGNATURE_SIZE;

  private static final byte VERSION = 1;
  private static final int SIGNING_KEY_AT = 1 + Hpke.PUBLIC_KEY_BYTES;
  private static final int SIGNATURE_AT = SIGNING_KEY_AT + Ed25519.PUBLIC_KEY_SIZE;

  private final byte[] encoded;
  private final BundleHash hash;

  private Bundle(byte[] encoded) {
    this.encoded = encoded;
    this.hash = BundleHash.of(encoded);
  }

  /** Puts together what an identity has made. */
  static Bundle of(byte[] kemKey, byte[] signingKey, byte[] signature) {
    return new Bundle(Bytes.concat(new byte[] {VERSION}, kemKey, signingKey, signature));
  }

  /** Returns what the signature in a bundle is over. */
  static byte[] signedPart(byte[] kemKey, byte[] signingKey) {
    return Bytes.concat(Label.BUNDLE.bytes(), kemKey, signingKey);
  }

  /**
   * Reads a bundle.
   *
   * @return nothing if it has another form, its signature is not of its own key, or nothing can be
   *     sealed to it
   */
  static Optional<Bundle> parse(byte[] encoded) {
    if (encoded.length != BYTES || encoded[0] != VERSION) {
      return Optional.empty();
    }
    Bundle bundle = new Bundle(encoded.clone());
    byte[] signed = signedPart(bundle.kemKey(), bundle.part(SIGNING_KEY_AT, SIGNATURE_AT));
    boolean sound =
        Ed25519.validatePublicKeyFull(encoded, SIGNING_KEY_AT)
            && bundle.hasSigned(bundle.part(SIGNATURE_AT, BYTES), signed)
            && Hpke.accepts(bundle.kemKey());
    return sound ? Optional.of(bundle) : Optional.empty();
  }

  byte[] encoded() {
    return encoded.clone();
  }

  BundleHash hash() {
    return hash;
  }

  byte[] kemKey() {
    return part(1, SIGNING_KEY_AT);
  }

  /**
   * Returns whether the holder of this identity signed {@code message}.
   *
   * @param signature 64 bytes
   */
  boolean hasSigned(byte[] signature, byte[] message) {
    return Ed25519.verify(signature, 0, encoded, SIGNING_KEY_AT, message, 0, message.length);
  }

  private byte[] part(int from, int to) {
    return Arrays.copyOfRange(encoded, from, to);
  }

  @Override
  public String toString() {
    return "Bundle[hidden]";
  }
}
