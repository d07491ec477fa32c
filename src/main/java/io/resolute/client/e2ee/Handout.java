package io.resolute.client.e2ee;

import io.resolute.client.e2ee.Envelope.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Gives one member the key of a chain, from an index on: {@code chain_id(16) ‖ index(4) ‖ CK(32)},
 * sealed with HPKE to the member's bundle and bound to the room, both bundles and the audience, and
 * signed by the sender. The body of its envelope is {@code enc(1120) ‖ ciphertext(68) ‖ sig(64)}.
 */
final class Handout {
  private static final int PLAIN_BYTES = ChainId.BYTES + Integer.BYTES + ChainKey.BYTES;
  private static final int SEALED_BYTES = Hpke.ENCAPSULATION_BYTES + PLAIN_BYTES + Aead.TAG_BYTES;
  private static final int BODY_BYTES = SEALED_BYTES + Ed25519.SIGNATURE_SIZE;

  private final ChainId chain;
  private final int index;
  private final byte[] key;

  private Handout(ChainId chain, int index, byte[] key) {
    this.chain = chain;
    this.index = index;
    this.key = key;
  }

  /** Seals {@code chain}, where it is now, for one member. */
  static Envelope seal(Speaker from, Bundle to, Audience audience, SenderChain chain) {
    byte[] key = chain.copyKey();
    byte[] plain =
        ByteBuffer.allocate(PLAIN_BYTES)
            .put(chain.id().bytes())
            .putInt(chain.index())
            .put(key)
            .array();
    try {
      byte[] associated = associated(from.origin(), to.hash(), audience);
      byte[] sealed = Hpke.seal(to.kemKey(), Label.HANDOUT, associated, plain, from.random());
      byte[] signature = from.identity().sign(signedPart(associated, sealed));
      return new Envelope(Kind.HANDOUT, audience, Bytes.concat(sealed, signature));
    } finally {
      Bytes.wipe(key, plain);
    }
  }

  /**
   * Opens a handout.
   *
   * @param self this client, which it must have been sealed for
   * @param from the member that must have sealed it
   * @throws RejectedException with {@link Rejection#MALFORMED}, {@link Rejection#BAD_SIGNATURE} or
   *     {@link Rejection#BAD_SEALING}
   */
  static Handout open(Speaker self, Bundle from, Envelope envelope) throws RejectedException {
    byte[] body = envelope.body();
    if (body.length != BODY_BYTES) {
      throw new RejectedException(Rejection.MALFORMED);
    }
    byte[] sealed = Arrays.copyOf(body, SEALED_BYTES);
    byte[] signature = Arrays.copyOfRange(body, SEALED_BYTES, BODY_BYTES);
    byte[] origin = Speaker.originOf(self.room(), from.hash());
    Identity identity = self.identity();
    byte[] associated = associated(origin, identity.bundle().hash(), envelope.audience());
    if (!from.hasSigned(signature, signedPart(associated, sealed))) {
      throw new RejectedException(Rejection.BAD_SIGNATURE);
    }
    byte[] plain =
        identity
            .open(Label.HANDOUT, associated, sealed)
            .orElseThrow(() -> new RejectedException(Rejection.BAD_SEALING));
    try {
      return read(ByteBuffer.wrap(plain));
    } finally {
      Bytes.wipe(plain);
    }
  }

  private static Handout read(ByteBuffer plain) throws RejectedException {
    ChainId chain = ChainId.read(plain);
    int index = SealedMessage.readIndex(plain);
    byte[] key = new byte[ChainKey.BYTES];
    plain.get(key);
    return new Handout(chain, index, key);
  }

  private static byte[] associated(byte[] origin, BundleHash recipient, Audience audience) {
    return Bytes.concat(origin, recipient.bytes(), Envelope.header(Kind.HANDOUT, audience));
  }

  private static byte[] signedPart(byte[] associated, byte[] sealed) {
    return Bytes.concat(Label.HANDOUT_SIGNATURE.bytes(), associated, sealed);
  }

  ChainId chain() {
    return chain;
  }

  int index() {
    return index;
  }

  /** Returns the chain key itself, not a copy. */
  byte[] key() {
    return key;
  }

  void wipe() {
    Bytes.wipe(key);
  }

  @Override
  public String toString() {
    return "Handout[REDACTED]";
  }
}
