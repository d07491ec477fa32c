package io.resolute.client.e2ee;

import io.resolute.client.e2ee.Envelope.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A text under the key of one index of a chain, signed by its sender. The body of its envelope is
 * {@code chain_id(16) ‖ index(4) ‖ AES-256-GCM ‖ sig(64)}; room, sender, audience, chain and index
 * are bound to both ciphertext and signature.
 */
final class SealedMessage {
  private static final int HEADER_BYTES = ChainId.BYTES + Integer.BYTES;
  private static final int OVERHEAD_BYTES = HEADER_BYTES + Aead.TAG_BYTES + Ed25519.SIGNATURE_SIZE;

  /** The longest body of an envelope. */
  static final int MAX_BODY_BYTES = OVERHEAD_BYTES + Padding.MESSAGE.maxBytes();

  private final ChainId chain;
  private final int index;
  private final byte[] associated;
  private final byte[] ciphertext;

  private SealedMessage(ChainId chain, int index, byte[] associated, byte[] ciphertext) {
    this.chain = chain;
    this.index = index;
    this.associated = associated;
    this.ciphertext = ciphertext;
  }

  /** Seals a padded text with the next key of {@code chain}, and erases that key. */
  static Envelope seal(Speaker from, Audience audience, SenderChain chain, byte[] padded) {
    byte[] header = header(chain.id(), chain.index());
    byte[] bound = bound(from.origin(), audience, header);
    byte[] messageKey = chain.nextMessageKey();
    byte[] ciphertext = withKeys(messageKey).seal(associated(bound), padded);
    byte[] signature = from.identity().sign(signedPart(bound, ciphertext));
    return new Envelope(Kind.MESSAGE, audience, Bytes.concat(header, ciphertext, signature));
  }

  /**
   * Reads a message that {@code from} has signed.
   *
   * @param self this client, which must be in the room that it was signed for
   * @throws RejectedException with {@link Rejection#MALFORMED} or {@link Rejection#BAD_SIGNATURE}
   */
  static SealedMessage read(Speaker self, Bundle from, Envelope envelope) throws RejectedException {
    byte[] body = envelope.body();
    if (body.length <= OVERHEAD_BYTES) {
      throw new RejectedException(Rejection.MALFORMED);
    }
    int signatureAt = body.length - Ed25519.SIGNATURE_SIZE;
    byte[] header = Arrays.copyOf(body, HEADER_BYTES);
    byte[] ciphertext = Arrays.copyOfRange(body, HEADER_BYTES, signatureAt);
    byte[] signature = Arrays.copyOfRange(body, signatureAt, body.length);
    byte[] origin = Speaker.originOf(self.room(), from.hash());
    byte[] bound = bound(origin, envelope.audience(), header);
    if (!from.hasSigned(signature, signedPart(bound, ciphertext))) {
      throw new RejectedException(Rejection.BAD_SIGNATURE);
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    ChainId chain = ChainId.read(fields);
    return new SealedMessage(chain, readIndex(fields), associated(bound), ciphertext);
  }

  /**
   * Takes the next four bytes, big-endian.
   *
   * @throws RejectedException with {@link Rejection#MALFORMED} if that is no index of a chain
   */
  static int readIndex(ByteBuffer from) throws RejectedException {
    int index = from.getInt();
    if (index < 0 || index >= ChainKey.LENGTH) {
      throw new RejectedException(Rejection.MALFORMED);
    }
    return index;
  }

  ChainId chain() {
    return chain;
  }

  int index() {
    return index;
  }

  /**
   * Opens the message and erases its key.
   *
   * @param messageKey the one of its chain and index
   * @throws RejectedException with {@link Rejection#BAD_SEALING} or {@link Rejection#BAD_PLAINTEXT}
   */
  String open(byte[] messageKey) throws RejectedException {
    byte[] padded = withKeys(messageKey).open(associated, ciphertext);
    try {
      return Padding.MESSAGE
          .unpad(padded)
          .orElseThrow(() -> new RejectedException(Rejection.BAD_PLAINTEXT));
    } finally {
      Bytes.wipe(padded);
    }
  }

  private static byte[] header(ChainId chain, int index) {
    return ByteBuffer.allocate(HEADER_BYTES).put(chain.bytes()).putInt(index).array();
  }

  private static byte[] bound(byte[] origin, Audience audience, byte[] header) {
    return Bytes.concat(origin, Envelope.header(Kind.MESSAGE, audience), header);
  }

  private static byte[] associated(byte[] bound) {
    return Bytes.concat(Label.MESSAGE.bytes(), bound);
  }

  private static byte[] signedPart(byte[] bound, byte[] ciphertext) {
    return Bytes.concat(Label.MESSAGE_SIGNATURE.bytes(), bound, ciphertext);
  }

  private static OneTimeKeys withKeys(byte[] messageKey) {
    byte[] keys = Kdf.hkdf(messageKey, Label.MESSAGE_KEY, Aead.KEY_BYTES + Aead.NONCE_BYTES);
    Bytes.wipe(messageKey);
    OneTimeKeys oneTime =
        new OneTimeKeys(
            Arrays.copyOf(keys, Aead.KEY_BYTES),
            Arrays.copyOfRange(keys, Aead.KEY_BYTES, keys.length));
    Bytes.wipe(keys);
    return oneTime;
  }

  /** A key and a nonce that are used once and erased by it. */
  private static final class OneTimeKeys {
    private final byte[] key;
    private final byte[] nonce;

    OneTimeKeys(byte[] key, byte[] nonce) {
      this.key = key;
      this.nonce = nonce;
    }

    byte[] seal(byte[] associated, byte[] plain) {
      try {
        return Aead.seal(key, nonce, associated, plain);
      } finally {
        Bytes.wipe(key);
      }
    }

    byte[] open(byte[] associated, byte[] sealed) throws RejectedException {
      try {
        return Aead.open(key, nonce, associated, sealed)
            .orElseThrow(() -> new RejectedException(Rejection.BAD_SEALING));
      } finally {
        Bytes.wipe(key);
      }
    }
  }

  @Override
  public String toString() {
    return "SealedMessage[hidden]";
  }
}
