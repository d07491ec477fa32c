package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.resolute.testing.FrameSocket;
import io.resolute.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What those are told who ask for no WebSocket, or not as they should. */
@Timeout(60)
class HttpAnswersIT {
  private static final String HOST = "Host: localhost\r\n";
  private static final String LAST = HOST + "Connection: close\r\n";
  private static final String WEB_SOCKET =
      String.join(
          "\r\n",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");
  private static final String UNKNOWN = get("/zz", HOST);
  private static final String UPGRADE = get("/v1", HOST + WEB_SOCKET);
  // Nothing here ends because the time for it is over.
  private static final String PATIENT = "'timeouts':{'handshake':'5m'}";
  private static final int PLACES = 128; // The fewest that there are.

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(PATIENT);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String get(String path, String headers) {
    return "GET " + path + " HTTP/1.1\r\n" + headers + "\r\n";
  }

  private static void write(FrameSocket socket, String text) throws IOException {
    socket.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns all that is said until the server ends the connection. */
  private static String answersTo(String requests) throws IOException {
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      write(socket, requests);
      return socket.readAll();
    }
  }

  private static void assertIsOnly(String answers, int status) {
    assertThat(answers)
        .matches("(?s)HTTP/1\\.[01] " + status + " .*") // 1.0 to what it cannot tell the version of
        .containsOnlyOnce("HTTP/1.")
        .containsIgnoringCase("\r\nconnection: close\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "404, GET /zz HTTP/1.1|Host: localhost||",
    "404, HEAD /zz HTTP/1.1|Host: localhost||",
    "404, GET /eventbus HTTP/1.1|Host: localhost||",
    "404, GET /eventbus/000/abcdefgh/xhr HTTP/1.1|Host: localhost||",
    "405, POST /v1 HTTP/1.1|Host: localhost|Content-Length: 9||",
    "405, DELETE / HTTP/1.1|Host: localhost||",
    "426, GET /v1 HTTP/1.1|Host: localhost||",
    "426, GET /v1 HTTP/1.1|Host: localhost|Connection: close||",
    "426, GET /eventbus/websocket HTTP/1.1|Host: localhost||",
    "403, GET /eventbus/info HTTP/1.1|Host: localhost|Origin: https://evil.example||",
    "400, GET / HTTP/1.1||",
    "404, GET zz HTTP/1.1|Host: localhost||",
    "400, GET / HTTP/1.1|Host: localhost|no header||",
    "400, GET / HTTP/9.9.9|Host: localhost||"
  })
  void anAnswerOfAnErrorEndsTheConnection(int status, String request) throws IOException {
    assertIsOnly(answersTo(request.replace("|", "\r\n")), status);
  }

  @Test
  void soDoThoseToWhatIsTooLong() throws IOException {
    assertIsOnly(answersTo(get("/" + "x".repeat(60_000), HOST)), 414);
    assertIsOnly(answersTo(get("/", HOST + "Cookie: " + "x".repeat(60_000) + "\r\n")), 431);
  }

  @Test
  void soDoThoseToHandshakesThatAreNone() throws IOException {
    String otherKey = WEB_SOCKET.replace("dGhlIHNhbXBsZSBub25jZQ==", "none");
    assertIsOnly(answersTo(get("/v1", HOST + otherKey)), 400);
    String noUpgrade = WEB_SOCKET.replace("Connection: Upgrade", "Connection: keep-alive");
    assertIsOnly(answersTo(get("/v1", HOST + noUpgrade)), 400);
    String foreign = HOST + WEB_SOCKET + "Origin: https://evil.example\r\n";
    assertIsOnly(answersTo(get("/v1", foreign)), 403);
    assertIsOnly(answersTo(get("/eventbus/websocket", foreign)), 403);
  }

  @Test
  void whatIsPipelinedBehindItIsNotCarriedOut() throws IOException {
    assertIsOnly(answersTo(UNKNOWN + get("/", HOST).repeat(15)), 404);
    assertIsOnly(answersTo(UNKNOWN + UPGRADE), 404);
    assertThat(server.counts().connections()).isZero();
  }

  /** The answers wait in the server, and with them what is behind. */
  @Test
  void noMoreIsItBehindAnswersThatAreNotRead() throws IOException {
    String script = get(longestFile(), HOST);
    int scripts = 13; // With what is behind, as many requests as may wait.
    String answers;
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      write(socket, script.repeat(scripts));
      answers = socket.headOfAnswerTo(UNKNOWN + UPGRADE + script).get(0) + " " + socket.readAll();
    }
    assertThat(server.counts().connections()).isZero();
    assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(scripts + 1);
    assertThat(answers).containsOnlyOnce("HTTP/1.1 404 ").doesNotContain("HTTP/1.1 101 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/zz", "/"})
  void whoDoesNotWaitForTheAnswerToAHandshakeIsClosed(String next) throws IOException {
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      write(socket, UPGRADE + get(next, HOST + WEB_SOCKET));
      assertThat(socket.isEnded()).isTrue();
    }
    await().until(() -> server.counts().connections() == 0);
  }

  private static String longestFile() throws IOException {
    Matcher name = Pattern.compile("page\\.[0-9a-f]+\\.js").matcher(answersTo(get("/", LAST)));
    assertThat(name.find()).isTrue();
    return "/" + name.group();
  }

  /** Vert.x would keep them all, and answer them as they are read. */
  @Test
  void whoPipelinesMoreThanMayWaitIsClosed() throws IOException {
    int requests = 300;
    String answers = answersTo(get(longestFile(), HOST).repeat(requests));
    assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSizeLessThan(40);
  }

  @Test
  void asManyRequestsAsOneLikesAreAnsweredOneAfterTheOther() throws IOException {
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      for (int i = 0; i < 300; i++) {
        assertThat(socket.head("HEAD /").get(0)).contains(" 200 ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Connection: close\r\n", "Expect: 100-continue\r\n"})
  void whoSendsMoreGetsTheAnswerAllTheSame(String header) throws IOException {
    String head = "POST /zz HTTP/1.1\r\n" + HOST + header + "Content-Length: 9999999\r\n\r\n";
    assertIsOnly(answersTo(head + "x".repeat(500_000)), 404);
    assertIsOnly(answersTo(UNKNOWN + "x".repeat(500_000)), 404);
  }

  @Test
  void aConnectionOnWhichSomethingWasAnsweredGoesOn() throws IOException {
    String page = "HEAD / HTTP/1.1\r\n" + HOST + "\r\n";
    String answers = answersTo(page + get("/eventbus/info", HOST) + page + UNKNOWN);
    assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(4);
    assertThat(answers).containsOnlyOnce("HTTP/1.1 404 ");
  }

  @Test
  void whoDoesNotGoAfterTheLastAnswerGivesUpThePlace() throws IOException {
    String one = "'limits':{'connections':1},'instances':{'gateway':1,'rooms':1},";
    List<FrameSocket> refused = new ArrayList<>();
    try (TestServer small = TestServer.start(one + PATIENT)) {
      for (int i = 0; i < PLACES; i++) {
        FrameSocket socket = FrameSocket.tls(small.port());
        refused.add(socket);
        assertThat(socket.headOfAnswerTo(UNKNOWN).get(0)).contains(" 404 ");
      }
      while (!isServed(small.port())) {
        assertThat(Thread.interrupted()).as("no place is given back").isFalse();
      }
    } finally {
      for (FrameSocket socket : refused) {
        socket.close();
      }
    }
  }

  private static boolean isServed(int port) {
    try (FrameSocket socket = FrameSocket.tls(port)) {
      return socket.headOfAnswerTo(UNKNOWN).get(0).contains(" 404 ");
    } catch (IOException noPlace) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/eventbus/info", "/eventbus/websocket", "/zz"})
  void whoDoesNotSayWhichOneHostIsRefused(String path) throws IOException {
    for (String hosts :
        new String[] {
          "", "Host:\r\n", "Host: \r\n", HOST + "Host: evil\r\n", HOST + HOST, "Host: a b\r\n"
        }) {
      assertIsOnly(answersTo(get(path, hosts + WEB_SOCKET)), 400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/eventbus/info", "/eventbus/websocket"})
  void whoNamesTwoOriginsIsRefused(String path) throws IOException {
    String own = "Origin: https://localhost\r\n";
    for (String second : new String[] {own, "Origin: https://evil.example\r\n"}) {
      assertIsOnly(answersTo(get(path, HOST + WEB_SOCKET + own + second)), 403);
      assertIsOnly(answersTo(get(path, HOST + WEB_SOCKET + second + own)), 403);
    }
  }
}
