package io.resolute.relay;

import static io.resolute.testing.FrameSocket.BINARY;
import static io.resolute.testing.FrameSocket.CLOSE;
import static io.resolute.testing.FrameSocket.CONTINUATION;
import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.PING;
import static io.resolute.testing.FrameSocket.PONG;
import static io.resolute.testing.FrameSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.resolute.testing.FrameSocket;
import io.resolute.testing.PlainSocket;
import io.resolute.testing.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The frame layer, RFC 6455 §5 to §7, of a whole server, against clients that break it. Every case
 * of it, against an echo: {@code io.resolute.conformance.Rfc6455IT}.
 */
class WebSocketFramesIT {
  private static final byte[] NOTHING = {};
  private static final String LIST = "{\"cmd\":\"hello\",\"data\":{\"versions\":[1]}}";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aPingIsAnsweredWithItsPayload() throws IOException {
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      FrameSocket.Frame answer = socket.frame(FIN | PING, "are you there").read();
      assertThat(answer.opcode()).isEqualTo(PONG);
      assertThat(answer.text()).isEqualTo("are you there");
    }
  }

  @Test
  void aMessageInFragmentsIsPutTogetherAroundAPing() throws IOException {
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.frame(TEXT, LIST.substring(0, 10));
      socket.frame(FIN | PING, "");
      socket.frame(CONTINUATION, LIST.substring(10, 20));
      socket.frame(FIN | CONTINUATION, LIST.substring(20));
      assertThat(socket.read().opcode()).isEqualTo(PONG);
      assertThat(socket.read().text()).startsWith("{\"cmd\":\"hello\"");
    }
  }

  @Test
  void aCodePointMayBeSplitBetweenFragments() throws IOException {
    byte[] text = LIST.replace("[1]", "[1],\"client\":\"ë\"").getBytes(UTF_8);
    int half = text.length - 4;
    assertThat(text[half]).isEqualTo((byte) 0xAB);
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.frame(TEXT, Arrays.copyOf(text, half));
      socket.frame(FIN | CONTINUATION, Arrays.copyOfRange(text, half, text.length));
      assertThat(socket.read().text()).startsWith("{\"cmd\":\"hello\"");
    }
  }

  @Test
  void aCloseIsAnsweredWithItsCodeAndTheStreamEnds() throws IOException {
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.frame(FIN | CLOSE, code(4321));
      assertThat(socket.read().closeCode()).isEqualTo(4321);
      assertThat(socket.isEnded()).isTrue();
    }
  }

  @Test
  void aCloseWithoutACodeIsAnsweredWithNone() throws IOException {
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      FrameSocket.Frame answer = socket.frame(FIN | CLOSE, NOTHING).read();
      assertThat(answer.opcode()).isEqualTo(CLOSE);
      assertThat(answer.payload()).isEmpty();
      assertThat(socket.isEnded()).isTrue();
    }
  }

  @Test
  void textThatIsNotUtf8IsClosedWith1007() throws IOException {
    assertThat(codeAfter(FIN | TEXT, new byte[] {'"', (byte) 0xC3, '"'})).isEqualTo(1007);
  }

  @Test
  void overlongUtf8IsClosedWith1007() throws IOException {
    assertThat(codeAfter(FIN | TEXT, new byte[] {'"', (byte) 0xC0, (byte) 0xA2})).isEqualTo(1007);
  }

  @Test
  void aCloseReasonThatIsNotUtf8IsClosedWith1007() throws IOException {
    byte[] payload = {3, (byte) 0xE8, (byte) 0xFF};
    assertThat(codeAfter(FIN | CLOSE, payload)).isEqualTo(1007);
  }

  @Test
  void aBinaryMessageIsClosedWith1003() throws IOException {
    assertThat(codeAfter(FIN | BINARY, new byte[] {1})).isEqualTo(1003);
  }

  @Test
  void aMessageAboveTheLimitIsClosedWith1009() throws IOException {
    assertThat(codeAfter(FIN | TEXT, new byte[64 * 1024 + 1])).isEqualTo(1009);
  }

  @Test
  void fragmentsThatAddUpToMoreThanTheLimitAreClosedWith1009() throws IOException {
    byte[] fragment = new byte[60 * 1024];
    Arrays.fill(fragment, (byte) ' ');
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.frame(TEXT, fragment).frame(FIN | CONTINUATION, fragment);
      assertThat(socket.read().closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void fragmentsOfAByteAreTakenUpToTheLimitAndClosedWith1009PastIt() throws IOException {
    byte[] space = {(byte) CONTINUATION, (byte) 0x81, 0, 0, 0, 0, ' '};
    byte[] padding = repeated(space, 64 * 1024 - LIST.length());
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.frame(TEXT, LIST).write(padding);
      socket.frame(FIN | CONTINUATION, NOTHING);
      assertThat(socket.read().text()).startsWith("{\"cmd\":\"hello\"");
      socket.frame(TEXT, LIST).write(padding);
      socket.write(space);
      assertThat(socket.read().closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void emptyFragmentsAreNothingAddedToAMessage() throws IOException {
    byte[] empty = {(byte) CONTINUATION, (byte) 0x80, 0, 0, 0, 0};
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.frame(TEXT, NOTHING).write(repeated(empty, 100_000));
      socket.frame(FIN | CONTINUATION, LIST);
      assertThat(socket.read().text()).startsWith("{\"cmd\":\"hello\"");
    }
  }

  @Test
  void everyPingOfAFloodIsAnswered() throws IOException {
    int pings = 10_000;
    byte[] ping = {(byte) (FIN | PING), (byte) 0x80, 0, 0, 0, 0};
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.write(repeated(ping, pings));
      socket.frame(FIN | TEXT, LIST);
      for (int i = 0; i < pings; i++) {
        assertThat(socket.read().opcode()).isEqualTo(PONG);
      }
      assertThat(socket.read().text()).startsWith("{\"cmd\":\"hello\"");
    }
  }

  @Test
  void aMessageAtTheLimitIsTaken() throws IOException {
    String padding = " ".repeat(64 * 1024 - LIST.length());
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.frame(FIN | TEXT, LIST + padding);
      assertThat(socket.read().text()).startsWith("{\"cmd\":\"hello\"");
    }
  }

  @Test
  void everyViolationOfTheFramingIsClosedWith1002() throws IOException {
    assertThat(codeAfter(FIN | 0x40 | TEXT, NOTHING)).as("reserved bit").isEqualTo(1002);
    assertThat(codeAfter(FIN | 0x3, NOTHING)).as("reserved opcode").isEqualTo(1002);
    assertThat(codeAfter(FIN | 0xB, NOTHING)).as("reserved control opcode").isEqualTo(1002);
    assertThat(codeAfter(PING, NOTHING)).as("fragmented control frame").isEqualTo(1002);
    assertThat(codeAfter(FIN | PING, new byte[126])).as("long control frame").isEqualTo(1002);
    assertThat(codeAfter(FIN | CONTINUATION, NOTHING)).as("nothing to continue").isEqualTo(1002);
    assertThat(codeAfter(FIN | CLOSE, new byte[] {3})).as("half a code").isEqualTo(1002);
    assertThat(codeAfter(FIN | CLOSE, code(1005))).as("code not to be sent").isEqualTo(1002);
    assertThat(codeAfter(FIN | CLOSE, code(999))).as("code out of range").isEqualTo(1002);
  }

  @Test
  void aTextInsideAnotherIsClosedWith1002() throws IOException {
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.frame(TEXT, "{").frame(FIN | TEXT, "}");
      assertThat(socket.read().closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void aFrameWithoutAMaskIsClosedWith1002() throws IOException {
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.write(new byte[] {(byte) (FIN | TEXT), 1, '{'});
      assertThat(socket.read().closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void afterAViolationTheStreamEnds() throws IOException {
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.frame(FIN | BINARY, NOTHING).frame(FIN | CLOSE, code(1003));
      assertThat(socket.read().closeCode()).isEqualTo(1003);
      assertThat(socket.isEnded()).isTrue();
    }
  }

  @Test
  void afterAViolationNoAnswerIsWaitedFor() throws IOException {
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      socket.frame(FIN | 0x3, NOTHING);
      assertThat(socket.read().closeCode()).isEqualTo(1002);
      assertThat(socket.isEnded()).isTrue();
      await().until(() -> server.counts().connections() == 0);
    }
  }

  @Test
  void compressionIsNotNegotiated() throws IOException {
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      List<String> answer =
          socket.http(
              "GET /v1",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
      assertThat(answer.get(0)).contains(" 101 ");
      assertThat(String.join("\n", answer).toLowerCase(Locale.ROOT)).doesNotContain("extensions");
    }
  }

  @Test
  void anotherVersionOfWebSocketIsAnsweredWithTheRightOne() throws IOException {
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      List<String> answer = socket.http("GET /v1", "Sec-WebSocket-Version: 8");
      assertThat(answer.get(0)).contains(" 426 ");
      assertThat(answer).anyMatch(line -> line.equalsIgnoreCase("Sec-WebSocket-Version: 13"));
    }
  }

  @Test
  void anotherPathIsNotFound() throws IOException {
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      List<String> answer = socket.http("GET /v2", "Sec-WebSocket-Version: 13");
      assertThat(answer.get(0)).contains(" 404 ");
    }
  }

  @Test
  void httpWithoutTlsIsRefused() throws IOException {
    try (PlainSocket plain = PlainSocket.connect(server.port())) {
      plain.write("GET /v1 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n");
      assertThat(plain.readAll()).startsWith("HTTP/1.1 400 ").doesNotContain("Sec-WebSocket");
    }
  }

  private static byte[] repeated(byte[] bytes, int times) {
    byte[] all = new byte[bytes.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = bytes[i % bytes.length];
    }
    return all;
  }

  private static int codeAfter(int first, byte[] payload) throws IOException {
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      return socket.frame(first, payload).read().closeCode();
    }
  }

  private static byte[] code(int code) {
    return ByteBuffer.allocate(2).putShort((short) code).array();
  }
}
