package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.resolute.client.e2ee.Cast.Depth;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Names from a hostile server, and from a hostile holder of an invite. */
class SealedNameFuzzTest {
  private static final RoomSecret SECRET = RoomSecret.parse(Party.SECRET).orElseThrow();
  private static final SealedName NAMES = new SealedName(SECRET);
  private static final BundleHash ALICE = BundleHash.of(new byte[] {1});
  private static final BundleHash BOB = BundleHash.of(new byte[] {2});
  private static final String ALICES =
      NAMES.sealUsername("alice ".repeat(11), ALICE, new CountedRandom("name"));
  private static final String ROOM = NAMES.sealRoomName("room", new CountedRandom("room"));

  static Stream<byte[]> names() {
    byte[] otherVersion = Base64.getDecoder().decode(ALICES);
    otherVersion[0] = 2;
    byte[] otherTag = Base64.getDecoder().decode(ALICES);
    otherTag[otherTag.length - 1] ^= 1;
    return Stream.of(
        Depth.WIRE.in(ALICES.getBytes(StandardCharsets.US_ASCII)),
        Depth.WIRE.in(ROOM.getBytes(StandardCharsets.US_ASCII)),
        Depth.WIRE.in(ALICES.replace("=", "").getBytes(StandardCharsets.US_ASCII)),
        Depth.SIGNED.in(Base64.getDecoder().decode(ALICES)),
        Depth.SIGNED.in(Base64.getDecoder().decode(ROOM)),
        Depth.SIGNED.in(otherVersion),
        Depth.SIGNED.in(otherTag),
        Depth.SIGNED.in(Arrays.copyOf(otherTag, 14)),
        Depth.SIGNED.in(new byte[] {1}),
        Depth.SEALED.in(Padding.NAME.pad("mallory")),
        Depth.SEALED.in(Padding.NAME.pad("x".repeat(511))),
        Depth.SEALED.in(Padding.NAME.pad("x".repeat(511)), new byte[1]),
        Depth.SEALED.in(Padding.MESSAGE.pad("x".repeat(250))),
        Depth.SEALED.in(new byte[64]));
  }

  @MethodSource("names")
  @FuzzTest
  void nothingOpensButWhatAHolderOfTheSecretSealedForThisName(byte[] input) {
    ByteBuffer buffer = ByteBuffer.wrap(input);
    Depth depth = Depth.of(buffer);
    byte[] rest = Cast.rest(buffer);
    switch (depth) {
      case WIRE -> assertGenuineIfOpen(new String(rest, StandardCharsets.UTF_8));
      // Nobody signs a name: here, its bytes without the base64 around them.
      case SIGNED -> assertGenuineIfOpen(Base64.getEncoder().encodeToString(rest));
      case SEALED -> {
        byte[] plain = Arrays.copyOf(rest, Math.min(rest.length, Padding.NAME.maxBytes()));
        String name = sealed(plain);
        Optional<String> opened = NAMES.openUsername(name, ALICE);
        assertThat(opened).isEqualTo(Padding.NAME.unpad(plain));
        assertThat(NAMES.openUsername(name, BOB)).as("for somebody else").isEmpty();
        assertThat(NAMES.openRoomName(name)).as("for the room").isEmpty();
      }
    }
  }

  private static void assertGenuineIfOpen(String name) {
    assertThat(NAMES.openUsername(name, ALICE).isPresent()).isEqualTo(name.equals(ALICES));
    assertThat(NAMES.openUsername(name, BOB)).isEmpty();
    assertThat(NAMES.openRoomName(name).isPresent()).isEqualTo(name.equals(ROOM));
  }

  private static String sealed(byte[] plain) {
    byte[] nonce = new byte[Aead.NONCE_BYTES];
    byte[] associated = Bytes.concat(Label.USERNAME.bytes(), ALICE.bytes());
    byte[] sealed = Aead.seal(SECRET.derive(Label.METADATA), nonce, associated, plain);
    return Base64.getEncoder().encodeToString(Bytes.concat(new byte[] {1}, nonce, sealed));
  }
}
