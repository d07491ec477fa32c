package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.resolute.client.e2ee.Cast.Depth;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.params.provider.MethodSource;

/** Bundles of a hostile holder of an invite, who can sign whatever it likes. */
class BundleFuzzTest {
  private static final byte[] SIGNING_KEY = new byte[Ed25519.SECRET_KEY_SIZE];
  private static final Bundle GENUINE = Identity.generate(new CountedRandom("alice")).bundle();

  static Stream<byte[]> bundles() {
    byte[] coefficientOutOfRange = GENUINE.kemKey();
    Arrays.fill(coefficientOutOfRange, 0, 3, (byte) 0xFF);
    byte[] smallOrder = GENUINE.kemKey();
    Arrays.fill(smallOrder, Hpke.PUBLIC_KEY_BYTES - 32, Hpke.PUBLIC_KEY_BYTES, (byte) 0);
    byte[] otherVersion = GENUINE.encoded();
    otherVersion[0] = 2;
    byte[] otherSignature = GENUINE.encoded();
    otherSignature[Bundle.BYTES - 33] ^= 1;
    return Stream.of(
        Depth.WIRE.in(GENUINE.encoded()),
        Depth.WIRE.in(new byte[Bundle.BYTES]),
        Depth.WIRE.in(Arrays.copyOf(GENUINE.encoded(), Bundle.BYTES - 1)),
        Depth.WIRE.in(GENUINE.encoded(), new byte[1]),
        Depth.WIRE.in(otherVersion),
        Depth.WIRE.in(otherSignature),
        Depth.SIGNED.in(GENUINE.kemKey()),
        Depth.SIGNED.in(coefficientOutOfRange),
        Depth.SIGNED.in(smallOrder),
        Depth.SIGNED.in(new byte[Hpke.PUBLIC_KEY_BYTES]));
  }

  @MethodSource("bundles")
  @FuzzTest
  void toWhatIsAcceptedSomethingCanBeSealed(byte[] input) {
    ByteBuffer buffer = ByteBuffer.wrap(input);
    Depth depth = Depth.of(buffer);
    byte[] rest = Cast.rest(buffer);
    byte[] encoded = depth == Depth.WIRE ? rest : signed(rest);
    Bundle.parse(encoded)
        .ifPresent(
            bundle -> {
              assertThat(bundle.encoded()).isEqualTo(encoded).hasSize(Bundle.BYTES).startsWith(1);
              assertThat(isSignedByItself(encoded)).isTrue();
              assertThat(Ed25519.validatePublicKeyFull(encoded, 1 + Hpke.PUBLIC_KEY_BYTES))
                  .isTrue();
              byte[] none = {};
              CountedRandom random = new CountedRandom("seal");
              assertThat(Hpke.seal(bundle.kemKey(), Label.HANDOUT, none, none, random))
                  .hasSize(Hpke.ENCAPSULATION_BYTES + Aead.TAG_BYTES);
              assertThat(bundle.hasSigned(new byte[Ed25519.SIGNATURE_SIZE], none)).isFalse();
            });
  }

  private static boolean isSignedByItself(byte[] encoded) {
    int keyAt = 1 + Hpke.PUBLIC_KEY_BYTES;
    int signatureAt = keyAt + Ed25519.PUBLIC_KEY_SIZE;
    byte[] part =
        Bundle.signedPart(
            Arrays.copyOfRange(encoded, 1, keyAt), Arrays.copyOfRange(encoded, keyAt, signatureAt));
    return Ed25519.verify(encoded, signatureAt, encoded, keyAt, part, 0, part.length);
  }

  private static byte[] signed(byte[] kemKey) {
    byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(SIGNING_KEY, 0, publicKey, 0);
    byte[] part = Bundle.signedPart(kemKey, publicKey);
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(SIGNING_KEY, 0, part, 0, part.length, signature, 0);
    return Bundle.of(kemKey, publicKey, signature).encoded();
  }
}
