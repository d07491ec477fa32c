package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.resolute.client.e2ee.Cast.Depth;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.params.provider.MethodSource;

/** Handouts of a hostile server, and of a hostile member: alice, to bob. */
class HandoutFuzzTest {
  private static final Cast CAST = new Cast();
  private static final byte[] ASSOCIATED =
      Bytes.concat(
          Speaker.originOf(Party.ROOM, CAST.alice.bundle().hash()),
          CAST.bob.bundle().hash().bytes(),
          Envelope.header(Envelope.Kind.HANDOUT, Audience.ROOM));
  private static final byte[] GENUINE =
      Cast.bytes(
          Handout.seal(
              CAST.alice.speaker,
              CAST.bob.bundle(),
              Audience.ROOM,
              SenderChain.start(7, CAST.alice.speaker.random())));

  static Stream<byte[]> handouts() {
    byte[] chain = new byte[ChainId.BYTES];
    byte[] key = new byte[ChainKey.BYTES];
    byte[] lastIndex = {0, 0, 3, (byte) 0xFF};
    byte[] noIndex = {0, 0, 4, 0};
    byte[] noChain = chain.clone();
    noChain[0] = -1;
    byte[] largeIndex = {0, 1, 0, 0};
    byte[] negativeIndex = {-1, -1, -1, -1};
    byte[] otherSignature = GENUINE.clone();
    otherSignature[GENUINE.length - Ed25519.SIGNATURE_SIZE] ^= 1;
    byte[] otherKey = GENUINE.clone();
    otherKey[3] ^= 1;
    return Stream.of(
        Depth.WIRE.in(GENUINE),
        Depth.WIRE.in(Arrays.copyOf(GENUINE, GENUINE.length - 1)),
        Depth.WIRE.in(GENUINE, new byte[1]),
        Depth.WIRE.in(Arrays.copyOf(GENUINE, 4)),
        Depth.WIRE.in(otherSignature),
        Depth.SIGNED.in(Arrays.copyOfRange(otherKey, 3, GENUINE.length - Ed25519.SIGNATURE_SIZE)),
        Depth.SIGNED.in(Arrays.copyOfRange(GENUINE, 3, GENUINE.length - Ed25519.SIGNATURE_SIZE)),
        Depth.SEALED.in(chain, lastIndex, key),
        Depth.SEALED.in(chain, noIndex, key),
        Depth.SEALED.in(chain, largeIndex, key),
        Depth.SEALED.in(chain, negativeIndex, key),
        Depth.SEALED.in(noChain, lastIndex, key),
        Depth.SEALED.in(chain, lastIndex, key, key));
  }

  @MethodSource("handouts")
  @FuzzTest
  void nothingOpensButWhatTheMemberSealed(byte[] input) {
    ByteBuffer buffer = ByteBuffer.wrap(input);
    Depth depth = Depth.of(buffer);
    byte[] rest = Cast.rest(buffer);
    switch (depth) {
      case WIRE -> assertThat(opens(rest)).isEqualTo(Arrays.equals(rest, GENUINE));
      case SIGNED ->
          assertThat(opens(signed(rest)))
              .isEqualTo(Arrays.equals(rest, 0, rest.length, GENUINE, 3, GENUINE.length - 64));
      case SEALED ->
          assertThat(opens(signed(sealed(rest)))).as("is in range").isEqualTo(isInRange(rest));
    }
  }

  private static boolean opens(byte[] envelope) {
    try {
      Handout opened = Handout.open(CAST.bob.speaker, CAST.alice.bundle(), Cast.envelope(envelope));
      assertThat(opened.index()).isBetween(0, ChainKey.LENGTH - 1);
      assertThat(opened.key()).hasSize(ChainKey.BYTES);
      return true;
    } catch (RejectedException typed) {
      return false;
    }
  }

  private static byte[] sealed(byte[] plain) {
    return Hpke.seal(
        CAST.bob.bundle().kemKey(), Label.HANDOUT, ASSOCIATED, plain, new CountedRandom("seal"));
  }

  private static byte[] signed(byte[] sealed) {
    byte[] part = Bytes.concat(Label.HANDOUT_SIGNATURE.bytes(), ASSOCIATED, sealed);
    byte[] body = Bytes.concat(sealed, CAST.alice.identity.sign(part));
    return Bytes.concat(Envelope.header(Envelope.Kind.HANDOUT, Audience.ROOM), body);
  }

  private static boolean isInRange(byte[] plain) {
    return plain.length == 52
        && plain[0] >= 0
        && plain[16] == 0
        && plain[17] == 0
        && plain[18] >= 0
        && plain[18] < 4;
  }
}
