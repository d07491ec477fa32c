package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.resolute.client.e2ee.Cast.Depth;
import io.resolute.protocol.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.junit.jupiter.params.provider.MethodSource;

/** Contents as an old peer, or a server in its name, sends them. Nothing proves who wrote one. */
class RsaContentFuzzTest {
  private static final RsaScheme SCHEME = RsaScheme.generate(new CountedRandom("rsa"));
  private static final UserId PEER = new UserId("P".repeat(32));
  private static final int MAX_TEXT_LENGTH = 245;
  private static final String UNREADABLE = "unreadable \uD800";

  static Stream<byte[]> contents() {
    RoomCipher room = SCHEME.openRoom();
    room.admit(PEER, SCHEME.publicKey());
    String content = room.sealFor(PEER, "hello").get(0).content();
    return Stream.of(
        Depth.WIRE.in(content.getBytes(StandardCharsets.US_ASCII)),
        Depth.SIGNED.in(Base64.getDecoder().decode(content)),
        Depth.SIGNED.in(new byte[256]),
        Depth.SIGNED.in(new byte[255]),
        Depth.SIGNED.in(new byte[257]),
        Depth.WIRE.in((content + "\n").getBytes(StandardCharsets.US_ASCII)),
        Depth.WIRE.in(),
        Depth.SEALED.in("hello \uD83D\uDE00".getBytes(StandardCharsets.UTF_8)),
        Depth.SEALED.in("x".repeat(MAX_TEXT_LENGTH).getBytes(StandardCharsets.UTF_8)),
        Depth.SEALED.in(new byte[] {(byte) 0xC0, (byte) 0x80}),
        Depth.SEALED.in());
  }

  @MethodSource("contents")
  @FuzzTest
  void aContentIsAShortTextOrUnreadable(byte[] input) {
    ByteBuffer buffer = ByteBuffer.wrap(input);
    Depth depth = Depth.of(buffer);
    byte[] rest = Cast.rest(buffer);
    switch (depth) {
      case WIRE -> told(new String(rest, StandardCharsets.UTF_8));
      // Nobody signs a text here: its ciphertext, without the base64 around it.
      case SIGNED -> told(Base64.getEncoder().encodeToString(rest));
      case SEALED -> {
        byte[] plain = Arrays.copyOf(rest, Math.min(rest.length, MAX_TEXT_LENGTH));
        String text = new String(plain, StandardCharsets.UTF_8);
        boolean utf8 = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), plain);
        assertThat(told(encrypted(plain))).isEqualTo(utf8 ? text : UNREADABLE);
      }
    }
  }

  private static String told(String content) {
    List<String> told = new ArrayList<>();
    SCHEME.openRoom().open(PEER, content, new Told(told));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).length()).isLessThanOrEqualTo(MAX_TEXT_LENGTH);
    return told.get(0);
  }

  private static String encrypted(byte[] plain) {
    RSAKeyParameters key = RsaPublicKey.fromPem(SCHEME.publicKey()).orElseThrow();
    PKCS1Encoding cipher = new PKCS1Encoding(new RSAEngine());
    cipher.init(true, new ParametersWithRandom(key, new CountedRandom("encrypt")));
    try {
      return Base64.getEncoder().encodeToString(cipher.processBlock(plain, 0, plain.length));
    } catch (InvalidCipherTextException impossible) {
      throw new IllegalStateException("encryption does not check a padding", impossible);
    }
  }

  private record Told(List<String> told) implements RoomCipher.Reader {
    @Override
    public void missing(int messages) {
      told.add("missing");
    }

    @Override
    public void text(String text, boolean isPrivate) {
      told.add(text);
    }

    @Override
    public void unreadable(Rejection why) {
      assertThat(why).isEqualTo(Rejection.BAD_SEALING);
      told.add(UNREADABLE);
    }
  }
}
