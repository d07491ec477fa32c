package io.resolute.relay;

import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.resolute.testing.FrameSocket;
import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the clients at one address share, told by proxies that are believed or not. */
class PerAddressIT {
  private static final String HELLO = "{\"cmd\":\"hello\",\"data\":{\"versions\":[1]}}";
  private static final String ANN = "192.0.2.1";
  private static final String BOB = "192.0.2.2";
  private static final String LOCAL_PROXY =
      "'listen':{'host':'127.0.0.1','port':0,'proxies':['127.0.0.1']},'timeouts':{'close':'100ms'}";
  private static final String LOCAL_PROXY_PROTOCOL =
      LOCAL_PROXY.replace("'127.0.0.1']}", "'127.0.0.1'],'proxyProtocol':true}");
  private static final String TWO = ",'perAddress':{'connections':2}";

  private final List<FrameSocket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (FrameSocket socket : sockets) {
      socket.close();
    }
  }

  private FrameSocket forwarded(TestServer server, String path, String address) throws IOException {
    return kept(FrameSocket.tls(server.port())).upgrade(path, "X-Forwarded-For: " + address);
  }

  private FrameSocket forwarded(TestServer server, String address) throws IOException {
    return forwarded(server, "/v1", address);
  }

  private FrameSocket proxied(TestServer server, String address) throws IOException {
    String preface = "PROXY TCP4 " + address + " 192.0.2.99 1234 443\r\n";
    return kept(FrameSocket.tls(server.port(), preface));
  }

  private FrameSocket kept(FrameSocket socket) {
    sockets.add(socket);
    return socket;
  }

  private static void assertServed(FrameSocket socket) throws IOException {
    socket.frame(FIN | TEXT, HELLO);
    assertThat(socket.read().text()).contains("\"hello\"");
  }

  private static String assertRefused(FrameSocket socket) throws IOException {
    FrameSocket.Frame frame = socket.read();
    assertThat(frame.closeCode()).isEqualTo(4003);
    return frame.text().substring(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/eventbus/websocket"})
  void anAddressBehindAProxyHasSoManyConnections(String path) throws IOException {
    try (TestServer server = TestServer.start(LOCAL_PROXY + TWO)) {
      forwarded(server, path, ANN);
      FrameSocket second = forwarded(server, path, ANN);
      assertThat(assertRefused(forwarded(server, path, ANN)))
          .isEqualTo("too many connections from this address");
      assertServed(forwarded(server, "/v1", BOB));
      second.close();
      assertServed(untilLetIn(server, ANN));
    }
  }

  /** The server learns in its own time that somebody has gone. */
  private FrameSocket untilLetIn(TestServer server, String address) throws IOException {
    while (true) {
      FrameSocket socket = forwarded(server, address);
      socket.frame(FIN | TEXT, HELLO);
      if (socket.read().text().contains("\"hello\"")) {
        return socket;
      }
    }
  }

  @Test
  void whoWritesAnAddressBeforeTheProxysIsNotBelieved() throws IOException {
    try (TestServer server = TestServer.start(LOCAL_PROXY + TWO)) {
      forwarded(server, "198.51.100.1, " + ANN);
      forwarded(server, "198.51.100.2, " + ANN);
      assertRefused(forwarded(server, "198.51.100.3, " + ANN));
    }
  }

  @Test
  void nobodyButAProxyIsBelieved() throws IOException {
    try (TestServer server = TestServer.start("'timeouts':{'close':'100ms'}" + TWO)) {
      for (int i = 0; i < 4; i++) {
        assertServed(forwarded(server, ANN)); // Of this machine, which is not counted.
      }
    }
  }

  @Test
  void newConnectionsComeAtARateAndTheRefusalSaysWhenToComeBack() throws IOException {
    try (TestServer server =
        TestServer.start(LOCAL_PROXY + ",'perAddress':{'opened':{'rate':'1/h','burst':1}}")) {
      assertServed(forwarded(server, ANN));
      assertThat(assertRefused(forwarded(server, ANN)))
          .matches("too many connections from this address; retry after 3[56][0-9]{2} s");
      assertServed(forwarded(server, BOB));
    }
  }

  @Test
  void roomsAreMadeAtARatePerAddress() throws IOException {
    try (TestServer server =
        TestServer.start(LOCAL_PROXY + ",'perAddress':{'rooms':{'rate':'1/h','burst':1}}")) {
      assertThat(create(forwarded(server, ANN)).get("cmd").asText()).isEqualTo("create-room");
      JsonNode refusal = create(forwarded(server, ANN));
      assertThat(refusal.get("cmd").asText()).isEqualTo("create-room-error");
      assertThat(refusal.get("data").get("code").asText()).isEqualTo("rate-limited");
      assertThat(refusal.get("data").get("retry_after_ms").asLong()).isGreaterThan(3_000_000);
      assertThat(create(forwarded(server, BOB)).get("cmd").asText()).isEqualTo("create-room");
    }
  }

  private static JsonNode create(FrameSocket socket) throws IOException {
    String frame =
        "{'cmd':'create-room','data':{'name':'n','username':'u','client_room_id':'1',"
            + "'public_key_string':'"
            + Keys.PEM
            + "'}}";
    socket.frame(FIN | TEXT, frame.replace('\'', '"'));
    return new ObjectMapper().readTree(socket.read().text());
  }

  @Test
  void theProxyProtocolTellsTheAddressToo() throws IOException {
    try (TestServer server = TestServer.start(LOCAL_PROXY_PROTOCOL + TWO)) {
      assertServed(proxied(server, ANN).upgrade("/v1"));
      // Whoever stands behind such a proxy cannot choose by a header.
      assertServed(proxied(server, ANN).upgrade("/v1", "X-Forwarded-For: " + BOB));
      assertRefused(proxied(server, ANN).upgrade("/v1"));
      assertServed(proxied(server, BOB).upgrade("/v1"));
    }
  }

  /** A client is through the handshake a moment before the server is, which counts those in it. */
  private FrameSocket throughTheHandshake(TestServer server) throws IOException {
    while (true) {
      try {
        return proxied(server, ANN);
      } catch (IOException tooEarly) {
        assertThat(Thread.interrupted()).as("nobody gets through the handshake").isFalse();
      }
    }
  }

  @Test
  void whoHasNotBecomeAWebSocketIsCountedByAddressToo() throws IOException {
    // Each event loop counts those of its own; and none is to be closed because its time is over.
    String one = ",'instances':{'gateway':1,'rooms':1}" + TWO;
    String patient = LOCAL_PROXY_PROTOCOL.replace("'100ms'", "'100ms','handshake':'5m'");
    try (TestServer server = TestServer.start(patient + one)) {
      proxied(server, ANN);
      proxied(server, ANN);
      assertThat(throughTheHandshake(server).isEnded()).isTrue();
      assertServed(proxied(server, BOB).upgrade("/v1"));
      close(); // Whoever is no WebSocket yet would be waited for at the end of the server.
    }
  }

  @Test
  void theProxyProtocolIsForProxiesAlone() throws IOException {
    String others = LOCAL_PROXY_PROTOCOL.replace("'127.0.0.1']", "'198.51.100.1']");
    try (TestServer server = TestServer.start(others)) {
      assertThatThrownBy(() -> proxied(server, ANN)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whoDoesNotSpeakTheProxyProtocolIsNotServedWhereItIsSpoken() throws IOException {
    try (TestServer server = TestServer.start(LOCAL_PROXY_PROTOCOL)) {
      assertThatThrownBy(() -> RawClient.connect(server.port()))
          .hasRootCauseInstanceOf(IOException.class);
    }
  }
}
