package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.resolute.client.e2ee.Cast.Depth;
import io.resolute.protocol.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Contents as an old peer, or a server in its name, sends them. Nothing proves who wrote one. */
class RsaContentFuzzTest {
  private static final RsaScheme SCHEME = RsaScheme.generate(new CountedRandom("rsa"));
  private static final UserId PEER = new UserId("P".repeat(32));
  private static final int MAX_TEXT_LENGTH = 245;

  static Stream<byte[]> contents() {
    RoomCipher room = SCHEME.openRoom();
    room.admit(PEER, SCHEME.publicKey());
    String content = room.sealFor(PEER, "hello").get(0).content();
    return Stream.of(
        Depth.WIRE.in(content.getBytes(StandardCharsets.US_ASCII)),
        Depth.SIGNED.in(Base64.getDecoder().decode(content)),
        Depth.SIGNED.in(new byte[256]),
        Depth.SIGNED.in(new byte[255]));
  }

  @MethodSource("contents")
  @FuzzTest
  void aContentIsAShortTextOrUnreadable(byte[] input) {
    ByteBuffer buffer = ByteBuffer.wrap(input);
    Depth depth = Depth.of(buffer);
    byte[] rest = Cast.rest(buffer);
    String content =
        depth == Depth.WIRE
            ? new String(rest, StandardCharsets.UTF_8)
            : Base64.getEncoder().encodeToString(rest);
    List<String> told = new ArrayList<>();
    SCHEME.openRoom().open(PEER, content, new Told(told));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).length()).isLessThanOrEqualTo(MAX_TEXT_LENGTH);
  }

  private record Told(List<String> told) implements RoomCipher.Reader {
    @Override
    public void missing(int messages) {
      told.add("missing");
    }

    @Override
    public void text(String text) {
      told.add(text);
    }

    @Override
    public void unreadable(Rejection why) {
      assertThat(why).isEqualTo(Rejection.BAD_SEALING);
      told.add("");
    }
  }
}
