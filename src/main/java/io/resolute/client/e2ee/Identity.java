package io.resolute.client.e2ee;

import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Who a client is in one room, from entering it to leaving it: an X-Wing and an Ed25519 key pair.
 * Made anew each time, so that nobody can be recognised from one room to the next, and so that
 * nothing that was sent to an earlier identity can be used against this one.
 */
final class Identity {
  private final byte[] kemSeed;
  private final byte[] signingKey;
  private final byte[] signingPublicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
  private final Bundle bundle;

  /**
   * Makes the identity that two seeds stand for, and owns them from here on.
   *
   * @param kemSeed 32 bytes: the private key of X-Wing
   * @param signingKey 32 bytes: the private key of RFC 8032 §5.1.5
   */
  Identity(byte[] kemSeed, byte[] signingKey) {
    this.kemSeed = kemSeed;
    this.signingKey = signingKey;
    Ed25519.generatePublicKey(signingKey, 0, signingPublicKey, 0);
    byte[] kemKey = Hpke.publicKey(kemSeed);
    byte[] signature = sign(Bundle.signedPart(kemKey, signingPublicKey));
    bundle = Bundle.of(kemKey, signingPublicKey, signature);
  }

  static Identity generate(SecureRandom random) {
    byte[] kemSeed = new byte[Hpke.SEED_BYTES];
    byte[] signingKey = new byte[Ed25519.SECRET_KEY_SIZE];
    random.nextBytes(kemSeed);
    random.nextBytes(signingKey);
    return new Identity(kemSeed, signingKey);
  }

  Bundle bundle() {
    return bundle;
  }

  byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(signingKey, 0, signingPublicKey, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  /** Opens what was sealed to this identity; nothing if it was not. */
  Optional<byte[]> open(Label info, byte[] associated, byte[] sealed) {
    return Hpke.open(kemSeed, info, associated, sealed);
  }

  /** Erases the private keys. */
  void wipe() {
    Bytes.wipe(kemSeed, signingKey);
  }

  @Override
  public String toString() {
    return "Identity[REDACTED]";
  }
}
