package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.resolute.client.ClientRoom;
import io.resolute.client.ConnectOptions;
import io.resolute.client.Invite;
import io.resolute.client.Member;
import io.resolute.client.ResoluteClient;
import io.resolute.client.RoomListener;
import io.resolute.client.Trust;
import io.resolute.config.ServerConfig;
import io.resolute.docs.Markdown.Block;
import io.resolute.gateway.ServerIdentity;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.testing.BusSocket;
import io.resolute.testing.FrameSocket;
import io.resolute.testing.TestServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay behind nginx, with what {@code docs/operating.md} shows of its configuration. */
class ProxyIT {
  // Where scripts/test puts it, which is no place for programs of users, and those that are.
  private static final Path UNPACKED = Path.of("target/nginx/usr/sbin/nginx");
  private static final List<String> SYSTEM = List.of("/usr/sbin", "/usr/local/sbin");
  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log stderr notice;
      events {}
      http {
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        access_log access.log;
        server {
          listen 127.0.0.1:%d ssl;
          ssl_certificate proxy.pem;
          ssl_certificate_key proxy.key;
      %s
        }
      }
      """;

  private static TestServer relay;
  private static Process nginx;
  private static ServerIdentity shown;
  private static int port;
  private static Path folder;

  @BeforeAll
  static void start(@TempDir Path prefix) throws Exception {
    Optional<Path> program = program();
    assumeTrue(program.isPresent(), "nginx is not installed");
    folder = prefix;
    shown = ServerIdentity.load(ServerConfig.defaults().tls());
    Files.writeString(prefix.resolve("proxy.pem"), shown.chain());
    Files.writeString(prefix.resolve("proxy.key"), shown.key());
    ServerIdentity behind = ServerIdentity.load(ServerConfig.defaults().tls());
    Path chain = Files.writeString(prefix.resolve("fullchain.pem"), behind.chain());
    Path key = Files.writeString(prefix.resolve("privkey.pem"), behind.key());
    relay = TestServer.start("'tls':{'certificate':'" + chain + "','key':'" + key + "'}");
    port = freePort();
    Files.writeString(prefix.resolve("nginx.conf"), CONFIGURATION.formatted(port, snippet(chain)));
    nginx =
        new ProcessBuilder(
                program.get().toString(), "-e", "stderr", "-p", prefix + "/", "-c", "nginx.conf")
            .redirectErrorStream(true)
            .start();
    awaitListening(nginx.inputReader());
  }

  private static Optional<Path> program() {
    Stream<String> path = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1));
    Stream<Path> installed =
        Stream.concat(path, SYSTEM.stream()).map(folder -> Path.of(folder, "nginx"));
    return Stream.concat(installed, Stream.of(UNPACKED)).filter(Files::isExecutable).findFirst();
  }

  private static String snippet(Path chain) {
    List<Block> blocks =
        Markdown.read("docs/operating.md").section("Behind a proxy").blocks("nginx");
    assertThat(blocks).hasSize(1);
    String snippet = blocks.get(0).text();
    assertThat(snippet).contains("127.0.0.1:5656", "/etc/resolute/fullchain.pem");
    return snippet
        .replace("127.0.0.1:5656", "127.0.0.1:" + relay.port())
        .replace("/etc/resolute/fullchain.pem", chain.toString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** It names its way of waiting for events once its ports are open. */
  private static void awaitListening(BufferedReader output) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      if (line.contains("event method")) {
        Thread rest = new Thread(() -> output.lines().forEach(more -> {}), "nginx output");
        rest.setDaemon(true);
        rest.start();
        return;
      }
    }
    throw new AssertionError("nginx does not start: " + said);
  }

  @AfterAll
  static void stop() throws Exception {
    if (nginx != null) {
      nginx.destroyForcibly().waitFor();
    }
    if (relay != null) {
      relay.close();
    }
  }

  @Test
  void thePageIsServed() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<html");
    assertThat(page.headers().firstValue("content-security-policy")).isPresent();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    SSLContext tls = io.resolute.testing.Trust.anyone();
    URI address = URI.create("https://localhost:" + port + path);
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  @Test
  void clientsThatPinTheCertificateOfTheProxyTalk() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    RoomListener listener =
        new RoomListener() {
          @Override
          public void message(ClientRoom room, Member from, String text) {
            heard.complete(from.username() + ": " + text);
          }
        };
    try (ResoluteClient alice = connect();
        ResoluteClient bob = connect()) {
      ClientRoom room = alice.createRoom("Plans", "alice", listener).join();
      Invite invite = room.invite(KeyKind.ONE_TIME).join();
      assertThat(invite.port()).isEqualTo(port);
      bob.join(invite, "bob", new RoomListener() {}).join().sendToAll("hello").join();
      assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo("bob: hello");
    }
  }

  private static ResoluteClient connect() {
    ConnectOptions options = ConnectOptions.builder().trust(Trust.pin(shown.fingerprint())).build();
    return ResoluteClient.connect(URI.create("wss://localhost:" + port + "/v1"), options).join();
  }

  @Test
  void theEventBusAnswers() {
    try (BusSocket socket = BusSocket.connect(port)) {
      assertThat(socket.register()).startsWith("resolute.connections.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/eventbus/websocket", "/eventbus/000/abcdefgh/websocket"})
  void onlyPagesOfTheOwnSiteMayConnect(String path) throws IOException {
    assertThat(answer(path, "https://localhost")).contains(" 101 ");
    assertThat(answer(path, "https://127.0.0.1:" + relay.port())).contains(" 403 ");
    assertThat(answer(path, "https://evil.example")).contains(" 403 ");
  }

  private static String answer(String path, String origin) throws IOException {
    try (FrameSocket socket = FrameSocket.tls(port)) {
      return socket.http("GET " + path, "Sec-WebSocket-Version: 13", "Origin: " + origin).get(0);
    }
  }

  @Test
  void theOwnSiteIsThatOfTheProxy() throws Exception {
    assertThat(get("/eventbus/info").body()).contains("[\"https://localhost:" + port + "\"]");
  }

  @Test
  void nothingIsLoggedOfWhoComes() throws Exception {
    connect().close();
    // Once the second is answered, what there was to be written of the first is.
    connect().close();
    assertThat(folder.resolve("access.log")).isEmptyFile();
  }
}
