package io.resolute.abuse;

import static io.resolute.testing.FrameSocket.CONTINUATION;
import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.PING;
import static io.resolute.testing.FrameSocket.PONG;
import static io.resolute.testing.FrameSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Those who send as fast as they can, and come again when they are closed. */
@Tag("abuse")
class FloodsIT {
  private static final int ATTACKERS = 10;
  private static final int WORDS = 100;
  private static final int FRAMES = 10_000;
  private static final int MESSAGE = 64 << 10;

  // What waits to be read by them, and what pools keep of it.
  private static final long DIRECT = ATTACKERS * (1L << 20) + (32L << 20);
  private static final String NOTHING = "";

  // Bytes come at the rates of every server; who is wrong again and again may be so.
  private static final String UNHURRIED =
      "'rates':{'errors':{'rate':'unlimited'},'commands':{'rate':'unlimited'}}," + Hostile.LIMITS;

  static Stream<Arguments> frames() {
    byte[] ping = Frames.times(FRAMES, Frames.of(FIN | PING, NOTHING));
    byte[] longPing = Frames.times(FRAMES, Frames.of(FIN | PING, "x".repeat(125)));
    byte[] pong = Frames.times(FRAMES, Frames.of(FIN | PONG, NOTHING));
    byte[] text = Frames.times(FRAMES, Frames.of(FIN | TEXT, NOTHING));
    return Stream.of(
        Arguments.of("pings", ping, true),
        Arguments.of("long pings, answers not read", longPing, false),
        Arguments.of("pongs", pong, true),
        Arguments.of("empty messages", text, true),
        Arguments.of("empty fragments", fragments(FRAMES, NOTHING), true),
        Arguments.of("messages in fragments of a byte", fragments(MESSAGE - 2, " "), true),
        Arguments.of("fragments of a byte past the limit", fragments(MESSAGE, " "), true),
        Arguments.of("a message of 12 MiB", fragments(240, " ".repeat(50_000)), true));
  }

  /** Returns a message in so many fragments, with a first one of a byte. */
  private static byte[] fragments(int n, String content) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(Frames.of(TEXT, "{"));
    message.writeBytes(Frames.times(n, Frames.of(CONTINUATION, content)));
    message.writeBytes(Frames.of(FIN | CONTINUATION, "}"));
    return message.toByteArray();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void aFloodOfSmallFramesHarmsNobody(String name, byte[] frames, boolean read) {
    try (Siege siege = Siege.of("")) {
      assertThat(flood(siege, name, "/v1", frames, read)).isLessThan(DIRECT);
    }
  }

  static Stream<Arguments> messages() {
    return Stream.of(Hostile.values())
        .flatMap(kind -> Stream.of("/v1", "/eventbus/websocket").map(at -> Arguments.of(kind, at)));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("messages")
  void aFloodOfMessagesThatAreHardToReadHarmsNobody(Hostile kind, String path) {
    byte[] message = Frames.of(FIN | TEXT, kind.message(path));
    try (Siege siege = Siege.of(UNHURRIED)) {
      flood(siege, kind + " at " + path, path, Frames.times(4, message), true);
    }
  }

  /** Returns how much direct memory was held while it lasted, beside what was held at first. */
  private static long flood(Siege siege, String name, String path, byte[] bytes, boolean read) {
    long direct;
    try (Swarm swarm = new Swarm(siege.server().port())) {
      swarm.flood(ATTACKERS, path, bytes, read);
      siege.underWay(WORDS);
      direct = siege.directAdded();
    }
    siege.over(name, ATTACKERS);
    return direct;
  }
}
