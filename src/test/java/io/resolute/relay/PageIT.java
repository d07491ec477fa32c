package io.resolute.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.testing.FrameSocket;
import io.resolute.testing.TestServer;
import io.resolute.testing.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The web page as the server sends it; what it does is tried in a browser. */
class PageIT {
  private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"?([A-Za-z0-9._-]+)");

  private final HttpClient http = HttpClient.newBuilder().sslContext(Trust.anyone()).build();

  @Test
  void everyFileOfThePageIsServedWithItsTypeAndNothingElseMayRun() throws Exception {
    try (TestServer server = TestServer.start()) {
      HttpResponse<byte[]> index = get(server, "/");
      assertThat(index.statusCode()).isEqualTo(200);
      assertThat(header(index, "content-type")).isEqualTo("text/html; charset=utf-8");
      Matcher files = NAMED.matcher(new String(index.body(), StandardCharsets.UTF_8));
      assertThat(files.results().map(file -> file.group(1)).distinct())
          .hasSizeGreaterThanOrEqualTo(3)
          .allSatisfy(
              name -> {
                HttpResponse<byte[]> file = get(server, "/" + name);
                assertThat(file.statusCode()).as(name).isEqualTo(200);
                assertThat(header(file, "content-type"))
                    .isIn(
                        "text/javascript; charset=utf-8",
                        "text/css; charset=utf-8",
                        "image/svg+xml");
                assertThat(header(file, "cache-control")).isNotBlank();
                assertIsConfined(file);
              });
      assertIsConfined(index);
      assertThat(header(index, "cache-control")).isEqualTo("no-cache");
    }
  }

  private static void assertIsConfined(HttpResponse<?> response) {
    assertThat(header(response, "content-security-policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
        .doesNotContain("unsafe-");
    assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(response, "referrer-policy")).isEqualTo("no-referrer");
    assertThat(header(response, "cross-origin-opener-policy")).isEqualTo("same-origin");
    assertThat(response.headers().firstValue("set-cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br, gzip;q=0.5", "deflate,gzip", "GZIP"})
  void whoTakesGzipGetsIt(String encodings) throws Exception {
    try (TestServer server = TestServer.start()) {
      HttpResponse<byte[]> packed = get(server, "/", "Accept-Encoding", encodings);
      assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
      assertThat(header(packed, "vary")).isEqualToIgnoringCase("accept-encoding");
      byte[] plain = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
      assertThat(plain).isEqualTo(get(server, "/").body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "br, gzip; q=0.0", "xgzip", "gzipx"})
  void whoDoesNotTakeGzipGetsItPlain(String encodings) throws Exception {
    try (TestServer server = TestServer.start()) {
      HttpResponse<byte[]> plain = get(server, "/", "Accept-Encoding", encodings);
      assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
      assertThat(new String(plain.body(), StandardCharsets.UTF_8)).contains("<html");
    }
  }

  @Test
  void whoHasThePageIsNotSentItAgain() throws Exception {
    try (TestServer server = TestServer.start()) {
      String tag = header(get(server, "/"), "etag");
      HttpResponse<byte[]> known = get(server, "/", "If-None-Match", tag);
      assertThat(known.statusCode()).isEqualTo(304);
      assertThat(known.body()).isEmpty();
      assertThat(get(server, "/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void headAnswersWithoutABody() throws Exception {
    try (TestServer server = TestServer.start()) {
      HttpRequest head = HttpRequest.newBuilder(uri(server, "/")).method("HEAD", noBody()).build();
      HttpResponse<byte[]> response = http.send(head, BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
      assertThat(header(response, "content-length"))
          .isEqualTo(Integer.toString(get(server, "/").body().length));
    }
  }

  @Test
  void aCertificateForTryingOutDoesNotBindBrowsersToIt() throws Exception {
    try (TestServer server = TestServer.start()) {
      assertThat(get(server, "/").headers().firstValue("strict-transport-security")).isEmpty();
    }
  }

  @Test
  void aServerWithRoomForFewClientsServesThePageToMany() throws Exception {
    try (TestServer server = TestServer.start("'limits':{'connections':2}")) {
      List<FrameSocket> browsers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        browsers.add(visit(server));
      }
      try (var client = server.connect()) {
        client.send("hello", "{'versions':[1]}").next("hello");
      }
      for (FrameSocket browser : browsers) {
        browser.close();
      }
    }
  }

  @Test
  void aConnectionThatHasLoadedThePageIsNotKept() throws Exception {
    try (TestServer server = TestServer.start("'timeouts':{'handshake':'5m'}");
        FrameSocket browser = visit(server)) {
      assertThat(browser.head("HEAD /").get(0)).contains(" 200 ");
      assertThat(browser.isEnded()).isTrue();
    }
  }

  private static FrameSocket visit(TestServer server) throws IOException {
    FrameSocket browser = FrameSocket.tls(server.port());
    assertThat(browser.head("HEAD /").get(0)).contains(" 200 ");
    return browser;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/files.txt", "/index.html", "/../conf/server.json", "/web/", "/x"})
  void nothingElseIsServed(String path) throws Exception {
    try (TestServer server = TestServer.start()) {
      HttpResponse<byte[]> answer = get(server, path);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body())
          .asString(UTF_8)
          .isEqualTo("This is a relay for chat clients: WebSockets at /v1, the page at /.\n");
    }
  }

  @Test
  void aServerWithoutThePageServesNone() throws Exception {
    try (TestServer server = TestServer.start("'page':{'enabled':false}");
        var client = server.connect()) {
      HttpResponse<byte[]> answer = get(server, "/");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body())
          .asString(UTF_8)
          .isEqualTo("This is a relay for chat clients: WebSockets at /v1.\n");
      client.send("hello", "{'versions':[1]}").next("hello");
    }
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private HttpResponse<byte[]> get(TestServer server, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(server, path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static URI uri(TestServer server, String path) {
    return URI.create("https://localhost:" + server.port() + path);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
