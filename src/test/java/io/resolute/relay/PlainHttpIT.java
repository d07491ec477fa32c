package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.resolute.testing.FrameSocket;
import io.resolute.testing.PlainSocket;
import io.resolute.testing.ServerProcess;
import io.resolute.testing.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of those who speak without TLS. */
class PlainHttpIT {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String ANSWER =
      String.join(
          "\r\n",
          "HTTP/1.1 400 Bad Request",
          "Content-Type: text/plain; charset=utf-8",
          "Content-Length: 80",
          "Connection: close",
          "",
          "This server speaks TLS alone: write https:// for http://, and wss:// for ws://.\n");
  private static final int PLACES = 128; // The fewest that there are.

  private static TestServer server;

  private final List<PlainSocket> sockets = new ArrayList<>();

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() throws IOException {
    for (PlainSocket socket : sockets) {
      socket.close();
    }
  }

  private PlainSocket connect(int port) throws IOException {
    PlainSocket socket = PlainSocket.connect(port);
    sockets.add(socket);
    return socket;
  }

  private static void assertServed(int port) throws IOException {
    try (FrameSocket socket = FrameSocket.open(port)) {
      socket.frame(FrameSocket.FIN | FrameSocket.PING, "?");
      assertThat(socket.read().text()).isEqualTo("?");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        REQUEST,
        "GET http://localhost/ HTTP/1.1\r\n",
        "HEAD / HTTP/1.1\r\n\r\n",
        "POST /v1 HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n{",
        "PUT /",
        "DELETE / HTTP/1.0\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\n\r\n",
        "PATCH / HTTP/1.1\r\n\r\n",
        "TRACE / HTTP/1.1\r\n\r\n",
        "CONNECT localhost:443 HTTP/1.1\r\n\r\n"
      })
  void whoSpeaksHttpWithoutTlsIsToldToUseTlsAndNothingElse(String request) throws IOException {
    assertThat(connect(server.port()).write(request).readAll()).isEqualTo(ANSWER);
    assertServed(server.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n", "get / http/1.1\r\n\r\n", "GETTING", "     "})
  void whoSpeaksSomethingElseIsToldNothing(String words) throws IOException {
    assertThat(connect(server.port()).write(words).readAll()).doesNotContain("HTTP", "TLS");
  }

  @Test
  void theAnswerArrivesWhereTheRequestIsLongerThanWhatIsReadAtOnce() throws IOException {
    String request = "GET / HTTP/1.1\r\nCookie: " + "x".repeat(60_000) + "\r\n\r\n";
    assertThat(connect(server.port()).write(request).readAll()).isEqualTo(ANSWER);
  }

  @Test
  void whoGoesOnAfterTheAnswerIsCutOff() throws IOException {
    PlainSocket endless = connect(server.port()).write("POST / HTTP/1.1\r\n\r\n");
    assertThat(endless.readAll()).isEqualTo(ANSWER);
    assertThatThrownBy(
            () -> {
              while (true) {
                endless.write("x".repeat(1000));
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void aRequestOfWhichTooLittleComesIsClosedAtTheDeadline() throws IOException {
    try (TestServer hasty = TestServer.start("'timeouts':{'handshake':'200ms'}")) {
      assertThat(connect(hasty.port()).write("GET").readAll()).isEmpty();
    }
  }

  /** Those that have gone give up their places at once, long before the deadline. */
  @Test
  void nothingIsLeftOfThoseWhoHaveGone() throws IOException {
    try (TestServer small =
        TestServer.start("'limits':{'connections':128},'timeouts':{'handshake':'5m'}")) {
      for (int i = 0; i < 3 * PLACES; i++) {
        try (PlainSocket socket = PlainSocket.connect(small.port())) {
          assertThat(socket.write(REQUEST).readAll()).isEqualTo(ANSWER);
        }
      }
      assertServed(small.port());
    }
  }

  @Test
  @Timeout(60)
  void thoseWhoDoNotGoAreClosedAtTheDeadline() throws IOException {
    try (TestServer small =
        TestServer.start("'limits':{'connections':1},'timeouts':{'handshake':'500ms'}")) {
      for (int i = 0; i < PLACES; i++) {
        assertThat(connect(small.port()).write(REQUEST).readAll()).isEqualTo(ANSWER);
      }
      while (!isLetIn(small.port())) {
        assertThat(Thread.interrupted()).as("none of them is closed").isFalse();
      }
    }
  }

  private static boolean isLetIn(int port) throws IOException {
    try (PlainSocket socket = PlainSocket.connect(port)) {
      return socket.beginsHandshake();
    }
  }

  @Test
  void whoComesThroughAProxyThatSaysWhoItIsIsToldToo() throws IOException {
    try (TestServer behind =
        TestServer.start(
            "'listen':{'host':'127.0.0.1','port':0,'proxies':['127.0.0.1'],"
                + "'proxyProtocol':true}")) {
      String preface = "PROXY TCP4 192.0.2.1 192.0.2.99 1234 443\r\n";
      assertThat(connect(behind.port()).write(preface + REQUEST).readAll()).isEqualTo(ANSWER);
      assertThat(connect(behind.port()).write(REQUEST).readAll()).isEmpty();
    }
  }

  @Test
  void soItIsOverNioAndWithTheTlsOfTheJdk() throws IOException {
    try (ServerProcess process =
        ServerProcess.start(
            "", "-Dio.netty.transport.noNative=true", "-Dio.netty.handler.ssl.noOpenSsl=true")) {
      process.printed("JDK, NIO");
      assertThat(connect(process.port()).write(REQUEST).readAll()).isEqualTo(ANSWER);
      assertServed(process.port());
    }
  }
}
