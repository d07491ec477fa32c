package io.resolute.client;

import io.resolute.config.TlsConfig;
import io.resolute.gateway.ServerIdentity;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.PacketJson;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server for one client at a time, over real TLS and WebSockets, that does what the test tells it
 * and nothing else: the test takes each request and sends each answer.
 */
public final class FakeServer implements AutoCloseable {
  /** The user id that {@link #welcome} gives. */
  public static final UserId SELF = new UserId("S".repeat(32));

  private static final long PATIENCE_SECONDS = 20;

  /** A request as it came in. */
  public record Request(String command, String id, JsonObject data) {}

  private final Vertx vertx = Vertx.vertx();
  private final ServerIdentity identity;
  private final HttpServer server;
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final BlockingDeque<ServerWebSocket> opened = new LinkedBlockingDeque<>();
  private final CompletableFuture<Integer> clientClosed = new CompletableFuture<>();

  private FakeServer(String host) throws Exception {
    identity = ServerIdentity.load(new TlsConfig.SelfSigned(List.of(host)));
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(identity.chain()))
                    .addKeyValue(Buffer.buffer(identity.key())));
    server =
        await(
            vertx
                .createHttpServer(options)
                .webSocketHandshakeHandler(FakeServer::shakeHands)
                .webSocketHandler(this::accept)
                .listen());
  }

  /** Starts a server with a self-signed certificate for {@code localhost}. */
  public static FakeServer start() throws Exception {
    return start("localhost");
  }

  /** Starts a server with a self-signed certificate for {@code host}. */
  public static FakeServer start(String host) throws Exception {
    return new FakeServer(host);
  }

  /** Returns where it is. */
  public URI uri() {
    return URI.create("wss://localhost:" + server.actualPort() + "/v1");
  }

  /** Returns the fingerprint of its certificate, with colons. */
  public String fingerprint() {
    return identity.fingerprint();
  }

  /** Returns its certificate. */
  public String certificate() {
    return identity.chain();
  }

  /** Returns options that trust it. */
  public ConnectOptions.Builder options() {
    return ConnectOptions.builder().trust(Trust.pin(fingerprint()));
  }

  /** Waits for the next request, which must be this one. */
  public Request take(String command) throws InterruptedException {
    Request next = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null || !next.command().equals(command)) {
      throw new AssertionError("expected " + command + ", and there was " + next);
    }
    return next;
  }

  /** Returns whether there is a request that was not taken. */
  public boolean isAskedMore() {
    return !requests.isEmpty();
  }

  /** Answers a request. */
  public void answer(Request request, ServerPacket packet) {
    pushText(new String(PacketJson.encode(packet, request.id()), StandardCharsets.UTF_8));
  }

  /** Refuses a request. */
  public void refuse(Request request, ErrorCode code) {
    answer(request, new ServerPacket.Failure(request.command(), code, "no"));
  }

  /** Answers {@code hello}. */
  public void welcome() throws InterruptedException {
    TreeMap<String, Long> limits = new TreeMap<>();
    limits.put("message_bytes", 65_536L);
    answer(take("hello"), new ServerPacket.Welcome(1, SELF, limits, List.of()));
  }

  /** Sends an event. */
  public void push(ServerPacket event) {
    pushText(new String(PacketJson.encode(event, null), StandardCharsets.UTF_8));
  }

  /** Sends any text as one message. */
  public void pushText(String text) {
    await(socket().writeTextMessage(text));
  }

  /** Sends any bytes as one message. */
  public void pushBinary(byte[] bytes) {
    await(socket().writeBinaryMessage(Buffer.buffer(bytes)));
  }

  /** Closes the WebSocket. */
  public void close(int code) {
    await(socket().close((short) code, "bye"));
  }

  /** Reads nothing from here on, and so answers no ping. */
  public void fallSilent() {
    // Not pause(), behind which Vert.x still answers the first dozen or so of pings.
    ((WebSocketInternal) socket()).channelHandlerContext().channel().config().setAutoRead(false);
  }

  /** Waits until the client has closed, and returns the code. */
  public int closedByClient() throws Exception {
    return clientClosed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static void shakeHands(ServerWebSocketHandshake handshake) {
    if (handshake.path().equals("/v1")) {
      handshake.accept();
    } else {
      handshake.reject(404);
    }
  }

  private void accept(ServerWebSocket socket) {
    socket.textMessageHandler(
        text -> {
          JsonObject frame = new JsonObject(text);
          requests.add(
              new Request(
                  frame.getString("cmd"), frame.getString("id"), frame.getJsonObject("data")));
        });
    socket.closeHandler(
        gone -> {
          Short code = socket.closeStatusCode();
          clientClosed.complete(code == null ? 1006 : (int) code);
        });
    opened.addLast(socket);
  }

  private ServerWebSocket socket() {
    try {
      ServerWebSocket socket = opened.pollLast(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (socket == null) {
        throw new AssertionError("nobody has connected");
      }
      opened.addLast(socket);
      return socket;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
