package io.resolute.abuse;

import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.resolute.testing.PlainSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Those who connect and say nothing, or next to nothing. */
@Tag("abuse")
class SilentSocketsIT {
  private static final int MANY = 10_000;
  private static final int SLOW = 1000;
  private static final int BEGUN = 59_000;
  private static final int WORDS = 100;
  private static final String ROOM_FOR_ALL = "'limits':{'connections':" + (MANY + 10) + "}";

  @BeforeAll
  static void requireSockets() {
    Swarm.requireSockets(MANY);
  }

  @Test
  void thoseThatSayNothingAfterTheTlsHandshakeHarmNobody() {
    try (Siege siege = Siege.of(ROOM_FOR_ALL + ",'timeouts':{'handshake':'5m'}")) {
      try (Swarm swarm = new Swarm(siege.server().port())) {
        List<Channel> silent = swarm.tls(MANY);
        siege.underWay(WORDS);
        assertThat(Swarm.open(silent)).isEqualTo(MANY);
      }
      siege.over("TLS, then silence", MANY);
    }
  }

  @Test
  void webSocketsInNoRoomHarmNobody() {
    try (Siege siege = Siege.of(ROOM_FOR_ALL + ",'timeouts':{'ping':'1h','idle':'2h'}")) {
      try (Swarm swarm = new Swarm(siege.server().port())) {
        List<Channel> silent = swarm.webSockets(MANY, "/v1");
        siege.underWay(WORDS);
        assertThat(Swarm.open(silent)).isEqualTo(MANY);
      }
      siege.over("WebSockets in no room", MANY);
    }
  }

  @Test
  void webSocketsAtTheEventBusInNoRoomHarmNobody() {
    try (Siege siege = Siege.of(ROOM_FOR_ALL + ",'timeouts':{'ping':'1h','idle':'2h'}")) {
      try (Swarm swarm = new Swarm(siege.server().port())) {
        List<Channel> silent = swarm.webSockets(MANY, "/eventbus/websocket");
        siege.underWay(WORDS);
        assertThat(Swarm.open(silent)).isEqualTo(MANY);
      }
      siege.over("WebSockets at the event bus in no room", MANY);
    }
  }

  /** Half of them without a byte, half in the middle of the handshake; the server ends both. */
  @Test
  void thoseThatStopBeforeTheEndOfTheTlsHandshakeAreClosed() throws InterruptedException {
    try (Siege siege = Siege.of(ROOM_FOR_ALL + ",'timeouts':{'handshake':'1m'}")) {
      try (Swarm swarm = new Swarm(siege.server().port())) {
        List<Channel> stopped = swarm.tcp(MANY);
        byte[] hello = PlainSocket.clientHello();
        stopped.subList(0, MANY / 2).forEach(channel -> Swarm.write(channel, hello));
        siege.underWay(WORDS);
        assertThat(Swarm.open(stopped)).isEqualTo(MANY);
        Swarm.awaitClosed(stopped);
      }
      siege.over("TCP, or half a TLS handshake", MANY);
    }
  }

  @Test
  void aByteASecondBeforeTheWebSocketIsClosed() throws Exception {
    try (Siege siege = Siege.of("'timeouts':{'handshake':'30s'}")) {
      try (Swarm swarm = new Swarm(siege.server().port())) {
        List<Channel> slow = new ArrayList<>(swarm.tcp(SLOW));
        byte[] hello = PlainSocket.clientHello();
        slow.forEach(channel -> Swarm.drip(channel, hello));
        List<Channel> secure = swarm.tls(SLOW);
        byte[] head = ("GET /v1?" + "x".repeat(1000)).getBytes(StandardCharsets.US_ASCII);
        secure.forEach(channel -> Swarm.drip(channel, head));
        slow.addAll(secure);
        siege.underWay(WORDS);
        Swarm.awaitClosed(slow);
      }
      siege.over("a byte a second of a TLS hello, or of an HTTP head", 2 * SLOW);
    }
  }

  /** Who is slow stays, and holds what it may, which is a message. */
  @Test
  void framesThatComeAByteASecondAreHeldWithinTheLimit() {
    try (Siege siege = Siege.of(ROOM_FOR_ALL)) {
      try (Swarm swarm = new Swarm(siege.server().port())) {
        List<Channel> slow = swarm.webSockets(SLOW, "/v1");
        byte[] begun = Arrays.copyOf(Frames.of(FIN | TEXT, " ".repeat(60_000)), BEGUN);
        for (Channel channel : slow) {
          Swarm.write(channel, begun);
          Swarm.drip(channel, new byte[] {' '});
        }
        siege.underWay(10 * WORDS);
        assertThat(Swarm.open(slow)).isEqualTo(SLOW);
      }
      siege.over("59,000 bytes of a frame, then a byte a second", SLOW);
    }
  }
}
