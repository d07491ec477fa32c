package io.resolute.relay;

import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.resolute.testing.FrameSocket;
import io.resolute.testing.PlainSocket;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fat jar at its end. */
class StopIT {
  private static final int STOPPED_BY_SIGTERM = 143;
  // Whoever is given this time is given more than ServerProcess waits.
  private static final String PATIENT =
      "'timeouts':{'handshake':'5m','close':'1m','shutdown':'5m'}";

  @Test
  void everyConnectionIsClosedWith1001AndTheProcessEnds() {
    try (ServerProcess server = ServerProcess.start("")) {
      List<RawClient> clients = IntStream.range(0, 20).mapToObj(i -> server.connect()).toList();
      Room room = Room.create(clients.get(0));
      clients.subList(1, clients.size()).forEach(guest -> guest.send("hello", "{'versions':[1]}"));
      room.oneTimeKey();
      server.terminate();
      assertThat(clients).allMatch(client -> client.closeCode() == 1001);
      assertThat(server.exitStatus()).isEqualTo(STOPPED_BY_SIGTERM);
      assertThat(server.output()).last().asString().endsWith("Stopped");
    }
  }

  @Test
  void aClientThatDoesNotAnswerDoesNotHoldUpTheEnd() throws IOException {
    try (ServerProcess server = ServerProcess.start("'timeouts':{'close':'500ms'}");
        FrameSocket deaf = FrameSocket.open(server.port())) {
      server.terminate();
      assertThat(server.exitStatus()).isEqualTo(STOPPED_BY_SIGTERM);
      assertThat(server.output()).last().asString().endsWith("Stopped");
      assertThat(deaf.read().closeCode()).isEqualTo(1001);
    }
  }

  @Test
  void theConfiguredTimeIsTheLongestThatTheEndTakes() throws IOException {
    // What waits for a client that does not read holds up the end of TLS for seconds.
    try (ServerProcess server =
            ServerProcess.start(
                "'limits':{'sendQueue':'64MiB'},'timeouts':{'close':'500ms','shutdown':'600ms'},"
                    + "'rates':{'bytes':{'rate':'unlimited'}}");
        RawClient owner = server.connect();
        FrameSocket deaf = FrameSocket.open(server.port())) {
      Room room = Room.create(owner);
      deaf.frame(FIN | TEXT, room.joinPacket());
      owner.next("user-joined-onetime");
      for (int i = 0; i < 400; i++) {
        owner.send("send-message", room.toAll("x".repeat(60 * 1024)));
      }
      owner.send("list-members", room.inRoom()).next("list-members");
      server.terminate();
      assertThat(server.exitStatus()).isEqualTo(STOPPED_BY_SIGTERM);
      assertThat(server.output()).last().asString().contains("timeouts.shutdown is over");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0016\u0003\u0001", "GET / HTTP/1.1\r\n\r\n"})
  void whoHasNotBegunOrNotCompletedTlsDoesNotHoldUpTheEnd(String words) throws IOException {
    try (ServerProcess server = ServerProcess.start(PATIENT);
        PlainSocket stranger = PlainSocket.connect(server.port())) {
      stranger.write(words);
      assertStopsAtOnce(server);
      stranger.readAll();
    }
  }

  @Test
  void whoIsInTheMiddleOfTheTlsHandshakeDoesNotHoldUpTheEnd() throws IOException {
    try (ServerProcess server = ServerProcess.start(PATIENT);
        PlainSocket stranger = PlainSocket.connect(server.port())) {
      assertThat(stranger.beginsHandshake()).isTrue();
      assertStopsAtOnce(server);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET / HT",
        "HEAD / HTTP/1.1|Host: localhost||",
        "GET /zz HTTP/1.1|Host: localhost||",
        "GET /licenses.txt HTTP/1.1|Host: localhost|Content-Length: 9||",
        "GET /v1 HTTP/1.1|Host: localhost|Connection: Upgrade|Upgrade: websocket|"
            + "Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|"
            + "Content-Length: 9||"
      })
  void whoIsNoWebSocketDoesNotHoldUpTheEnd(String request) throws IOException {
    try (ServerProcess server = ServerProcess.start(PATIENT);
        FrameSocket stranger = FrameSocket.tls(server.port())) {
      stranger.write(request.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
      assertStopsAtOnce(server);
    }
  }

  private static void assertStopsAtOnce(ServerProcess server) throws IOException {
    try (FrameSocket later = FrameSocket.open(server.port())) { // Those before it are there.
      server.terminate();
      assertThat(later.read().closeCode()).isEqualTo(1001);
    }
    assertThat(server.exitStatus()).isEqualTo(STOPPED_BY_SIGTERM);
    assertThat(server.output()).last().asString().endsWith("Stopped");
  }

  @Test
  void afterTheEndNobodyListens() {
    try (ServerProcess server = ServerProcess.start("")) {
      int port = server.port();
      server.terminate();
      server.exitStatus();
      assertThatThrownBy(() -> FrameSocket.tls(port)).isInstanceOf(IOException.class);
    }
  }
}
