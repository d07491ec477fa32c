package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.resolute.testing.FrameSocket;
import io.resolute.testing.TestServer;
import io.resolute.testing.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which web pages may connect: browsers name the site of the page that does (RFC 6455 §10.2). */
class OriginIT {
  private static final String[] NO_HEADERS = {};
  private static final String LISTEN =
      "'listen':{'host':'127.0.0.1','port':0,'origins':['https://chat.example']}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/eventbus/websocket",
        "/eventbus/000/abcdefgh/websocket",
        "/eventbus/info"
      })
  void thePagesOfOtherSitesMayNotConnect(String path) throws IOException {
    try (TestServer server = TestServer.start(LISTEN)) {
      for (String foreign :
          new String[] {
            "https://evil.example",
            "http://localhost",
            "https://localhost:1",
            "https://localhost.evil.example",
            "https://chat.example.evil",
            "https://chat.example:8443",
            "http://chat.example",
            "null",
            ""
          }) {
        assertThat(status(server, path, "Origin: " + foreign)).as(foreign).isEqualTo(403);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/eventbus/websocket",
        "/eventbus/000/abcdefgh/websocket",
        "/eventbus/info"
      })
  void thePagesOfThisSiteAndOfThoseInTheListMay(String path) throws IOException {
    int expected = path.endsWith("info") ? 200 : 101;
    try (TestServer server = TestServer.start(LISTEN)) {
      for (String known :
          new String[] {
            "https://localhost",
            "https://LOCALHOST:443",
            "https://chat.example",
            "https://chat.example:443"
          }) {
        assertThat(status(server, path, "Origin: " + known)).as(known).isEqualTo(expected);
      }
      assertThat(status(server, path, NO_HEADERS)).isEqualTo(expected);
    }
  }

  @Test
  void whoeverRunsSuchAPageIsToldWhatWouldLetItIn() throws Exception {
    try (TestServer server = TestServer.start(LISTEN)) {
      HttpRequest request =
          HttpRequest.newBuilder(uri(server, "/eventbus/info"))
              .header("Origin", "https://evil.example")
              .build();
      assertThat(send(request).body()).contains("may not connect").contains("listen.origins");
    }
  }

  @Test
  void theInfoOfTheEventBusNamesThoseSites() throws Exception {
    try (TestServer server = TestServer.start(LISTEN)) {
      JsonNode info = new ObjectMapper().readTree(get(server, "/eventbus/info").body());
      assertThat(info.at("/origins"))
          .map(JsonNode::asText)
          .containsExactly("https://localhost:" + server.port(), "https://chat.example");
      assertThat(info.at("/websocket").booleanValue()).isTrue();
      assertThat(info.at("/cookie_needed").booleanValue()).isFalse();
      assertThat(info.at("/entropy").isIntegralNumber()).isTrue();
    }
  }

  @Test
  void thePagesOfThoseSitesMayReadTheInfo() throws IOException {
    try (TestServer server = TestServer.start(LISTEN);
        FrameSocket socket = FrameSocket.tls(server.port())) {
      assertThat(socket.http("GET /eventbus/info", "Origin: https://chat.example"))
          .contains(
              "access-control-allow-origin: https://chat.example",
              "access-control-allow-credentials: true",
              "vary: origin");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/eventbus", "/eventbus/"})
  void whoLooksForTheEventBusInABrowserIsToldItsWaysIn(String path) throws Exception {
    try (TestServer server = TestServer.start()) {
      HttpResponse<String> answer = get(server, path);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body())
          .isEqualTo(
              "This is the event bus of a relay for chat clients. WebSockets connect to"
                  + " /eventbus/websocket, clients with SockJS to /eventbus.\n");
    }
  }

  private static HttpResponse<String> get(TestServer server, String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(server, path)).build());
  }

  private static URI uri(TestServer server, String path) {
    return URI.create("https://localhost:" + server.port() + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    HttpClient http = HttpClient.newBuilder().sslContext(Trust.anyone()).build();
    return http.send(request, BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/eventbus",
        "/eventbus/",
        "/eventbus/iframe.html",
        "/eventbus/chunking_test",
        "/eventbus/000/abcdefgh/xhr",
        "/eventbus/000/abcdefgh/xhr_streaming",
        "/eventbus/000/abcdefgh/eventsource",
        "/eventbus/000/abcdefgh/jsonp",
        "/eventbus/000/abcdefgh/htmlfile"
      })
  void nothingIsServedForBrowsersWithoutWebSockets(String path) throws IOException {
    try (TestServer server = TestServer.start()) {
      assertThat(status(server, path, NO_HEADERS)).isEqualTo(404);
    }
  }

  private static int status(TestServer server, String path, String... headers) throws IOException {
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      String[] all = new String[headers.length + 1];
      System.arraycopy(headers, 0, all, 1, headers.length);
      all[0] = "Sec-WebSocket-Version: 13";
      String line = socket.http("GET " + path, all).get(0);
      return Integer.parseInt(line.substring("HTTP/1.1 ".length()).substring(0, 3));
    }
  }
}
