package io.resolute.client;

import io.resolute.config.TlsConfig;
import io.resolute.gateway.ServerIdentity;
import io.resolute.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A relay that does to what passes through it whatever a test wants: the real server behind a man
 * in the middle that every client takes for the server. It keeps all that passes.
 */
final class HostileRelay implements AutoCloseable {
  private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

  /** What is done to a frame on its way to a client. */
  interface Tampering {
    /**
     * Returns what the client gets instead.
     *
     * @param client which one: 0 is the one that connected first
     */
    List<JsonObject> tamper(int client, JsonObject frame);
  }

  private final Vertx vertx = Vertx.vertx();
  private final TestServer behind = TestServer.start();
  private final ServerIdentity identity;
  private final HttpServer front;
  private final WebSocketClient toServer;
  private final List<ServerWebSocket> clients = new CopyOnWriteArrayList<>();
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private volatile Tampering tampering = (client, frame) -> List.of(frame);

  HostileRelay() throws Exception {
    identity = ServerIdentity.load(new TlsConfig.SelfSigned(List.of("localhost")));
    toServer =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setMaxFrameSize(MAX_MESSAGE_BYTES)
                .setMaxMessageSize(MAX_MESSAGE_BYTES));
    front =
        await(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setSsl(true)
                        .setMaxWebSocketFrameSize(MAX_MESSAGE_BYTES)
                        .setMaxWebSocketMessageSize(MAX_MESSAGE_BYTES)
                        .setKeyCertOptions(
                            new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(identity.chain()))
                                .addKeyValue(Buffer.buffer(identity.key()))))
                .webSocketHandler(this::accept)
                .listen());
  }

  /** Connects a client. */
  ResoluteClient connect() {
    Trust trust = Trust.pin(identity.fingerprint());
    return ResoluteClient.connect(uri(), ConnectOptions.builder().trust(trust).build()).join();
  }

  /** Connects a client of either language. */
  Party connect(Language language, Puppet puppet) {
    return switch (language) {
      case JAVA -> new JavaParty(connect());
      case TYPESCRIPT ->
          new PuppetParty(
              puppet,
              new JsonObject()
                  .put("server", uri().toString())
                  .put("fingerprint", identity.fingerprint()));
    };
  }

  private URI uri() {
    return URI.create("wss://localhost:" + front.actualPort() + "/v1");
  }

  /** Does this from here on. */
  void tamper(Tampering how) {
    tampering = how;
  }

  /** Sends a frame of its own to a client. */
  void push(int client, JsonObject frame) {
    await(clients.get(client).writeTextMessage(frame.encode()));
  }

  /** Returns all that has passed, in both directions, as it was when it came. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  private void accept(ServerWebSocket client) {
    client.pause();
    int number = clients.size();
    clients.add(client);
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(behind.port())
            .setSsl(true)
            .setURI("/v1");
    var unused = toServer.connect(options).onSuccess(server -> join(number, client, server));
  }

  private void join(int number, ServerWebSocket client, WebSocket server) {
    client.textMessageHandler(
        text -> {
          seen.add(text);
          server.writeTextMessage(text);
        });
    server.textMessageHandler(
        text -> {
          seen.add(text);
          for (JsonObject frame : tampering.tamper(number, new JsonObject(text))) {
            client.writeTextMessage(frame.encode());
          }
        });
    client.closeHandler(gone -> server.close());
    server.closeHandler(gone -> client.close());
    client.resume();
  }

  @Override
  public void close() {
    await(vertx.close());
    behind.close();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
