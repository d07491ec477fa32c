package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.resolute.client.e2ee.Cast.Depth;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of a hostile server, and of a hostile member: alice, to all. */
class SealedMessageFuzzTest {
  private static final Cast CAST = new Cast();
  private static final int HEADER_BYTES = 3 + ChainId.BYTES + Integer.BYTES;
  private static final byte[] GENUINE = Cast.bytes(sealed(Padding.MESSAGE.pad("genuine")));

  static Stream<byte[]> messages() {
    byte[] twice = new byte[512];
    twice[3] = (byte) 0x80;
    byte[] otherSignature = GENUINE.clone();
    otherSignature[GENUINE.length - Ed25519.SIGNATURE_SIZE] ^= 1;
    byte[] noIndex = Arrays.copyOfRange(GENUINE, 3, GENUINE.length - Ed25519.SIGNATURE_SIZE);
    noIndex[ChainId.BYTES + 2] = 4;
    byte[] negativeIndex = noIndex.clone();
    negativeIndex[ChainId.BYTES] = -1;
    byte[] otherChain = Arrays.copyOfRange(GENUINE, 3, GENUINE.length - Ed25519.SIGNATURE_SIZE);
    otherChain[0] = -1;
    return Stream.of(
        Depth.WIRE.in(GENUINE),
        Depth.WIRE.in(Arrays.copyOf(GENUINE, GENUINE.length - 1)),
        Depth.WIRE.in(GENUINE, new byte[1]),
        Depth.WIRE.in(Arrays.copyOf(GENUINE, 4)),
        Depth.WIRE.in(Arrays.copyOf(GENUINE, HEADER_BYTES + 7)),
        Depth.WIRE.in(otherSignature),
        Depth.SIGNED.in(noIndex),
        Depth.SIGNED.in(negativeIndex),
        Depth.SIGNED.in(otherChain),
        Depth.SIGNED.in(Arrays.copyOfRange(GENUINE, 3, GENUINE.length - Ed25519.SIGNATURE_SIZE)),
        Depth.SIGNED.in(Arrays.copyOfRange(GENUINE, 3, HEADER_BYTES)),
        Depth.SEALED.in(),
        Depth.SEALED.in(Padding.MESSAGE.pad("hello \uD83D\uDE00")),
        Depth.SEALED.in(Padding.MESSAGE.pad("x".repeat(255))),
        Depth.SEALED.in(Padding.MESSAGE.pad("x".repeat(256))),
        Depth.SEALED.in(new byte[256]),
        Depth.SEALED.in(twice));
  }

  @MethodSource("messages")
  @FuzzTest
  void nothingOpensButWhatTheMemberSealed(byte[] input) {
    ByteBuffer buffer = ByteBuffer.wrap(input);
    Depth depth = Depth.of(buffer);
    byte[] rest = Cast.rest(buffer);
    switch (depth) {
      case WIRE -> assertThat(opened(rest).isPresent()).isEqualTo(Arrays.equals(rest, GENUINE));
      case SIGNED ->
          assertThat(opened(signed(rest)).isPresent())
              .isEqualTo(Arrays.equals(rest, 0, rest.length, GENUINE, 3, GENUINE.length - 64));
      case SEALED -> {
        byte[] plain = Arrays.copyOf(rest, Math.min(rest.length, Padding.MESSAGE.maxBytes()));
        assertThat(opened(Cast.bytes(sealed(plain)))).isEqualTo(Padding.MESSAGE.unpad(plain));
      }
    }
  }

  private static Optional<String> opened(byte[] envelope) {
    try {
      SealedMessage message =
          SealedMessage.read(CAST.bob.speaker, CAST.alice.bundle(), Cast.envelope(envelope));
      assertThat(message.index()).isBetween(0, ChainKey.LENGTH - 1);
      return Optional.of(message.open(chain().nextMessageKey()));
    } catch (RejectedException typed) {
      return Optional.empty();
    }
  }

  /** The same chain each time: a fuzzer needs what it tries to depend on its input alone. */
  private static SenderChain chain() {
    return SenderChain.start(7, new CountedRandom("chain"));
  }

  private static Envelope sealed(byte[] plain) {
    return SealedMessage.seal(CAST.alice.speaker, Audience.ROOM, chain(), plain);
  }

  private static byte[] signed(byte[] placeAndCiphertext) {
    byte[] header = Envelope.header(Envelope.Kind.MESSAGE, Audience.ROOM);
    byte[] origin = Speaker.originOf(Party.ROOM, CAST.alice.bundle().hash());
    byte[] part = Bytes.concat(Label.MESSAGE_SIGNATURE.bytes(), origin, header, placeAndCiphertext);
    return Bytes.concat(header, placeAndCiphertext, CAST.alice.identity.sign(part));
  }
}
