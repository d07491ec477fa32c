package io.resolute.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.resolute.bus.Failures;
import io.resolute.config.LimitsConfig;
import io.resolute.config.ServerConfig;
import io.resolute.protocol.ClientPacketDecoder;
import io.resolute.protocol.PacketLimits;
import io.resolute.protocol.RandomTokens;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections on one event loop: TLS, HTTP, and the WebSocket handshake. */
public final class HttpVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);
  private static final int BACKLOG = 1024;
  private static final int NONCE_BYTES = 16;
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final ServerConfig config;
  private final ServerIdentity identity;
  private final Semaphore capacity;
  private final RandomTokens random;
  private final Map<HttpConnection, Long> deadlines = new HashMap<>();
  private volatile int actualPort;
  private @Nullable HttpServer server;

  @SuppressWarnings("NullAway.Init") // Vert.x calls start() before anything else.
  private Clients clients;

  /**
   * Makes the verticle.
   *
   * @param capacity how many more clients there may be; shared with the server's other gateways
   */
  public HttpVerticle(
      ServerConfig config, ServerIdentity identity, Semaphore capacity, RandomTokens random) {
    this.config = config;
    this.identity = identity;
    this.capacity = capacity;
    this.random = random;
  }

  @Override
  public Future<?> start() {
    LimitsConfig limits = config.limits();
    Connection.Shared shared =
        new Connection.Shared(
            vertx.eventBus(),
            new ClientPacketDecoder(
                new PacketLimits(limits.name(), limits.username(), limits.publicKey()), random),
            random,
            limits.roomsPerConnection(),
            advertised(limits));
    WebSocketPeer.Limits socketLimits =
        new WebSocketPeer.Limits(limits.message(), limits.sendQueue(), config.timeouts().close());
    clients = new Clients(socketLimits, config.timeouts(), capacity, shared);
    // Half the period that is asked for, so that no silence is much longer than it.
    vertx.setPeriodic(config.timeouts().ping().toMillis() / 2, timer -> clients.sweep());
    return listen();
  }

  private Future<?> listen() {
    Router router = Router.router(vertx);
    // Vert.x would log what a request that it cannot parse looks like.
    router.errorHandler(HttpResponseStatus.BAD_REQUEST.code(), route -> refuse(route, 400));
    router.errorHandler(
        HttpResponseStatus.INTERNAL_SERVER_ERROR.code(), route -> refuse(route, 500));
    router.errorHandler(HttpResponseStatus.NOT_FOUND.code(), route -> refuse(route, 404));
    router.get(config.listen().path()).handler(this::upgrade);
    return vertx
        .createHttpServer(TlsOptions.apply(httpOptions(), identity))
        .connectionHandler(this::limitHandshake)
        .exceptionHandler(e -> LOG.debug("A handshake failed: {}", Failures.describe(e)))
        .requestHandler(router)
        .listen(port(config.listen().port()), config.listen().host())
        .onSuccess(this::listening);
  }

  private void listening(HttpServer bound) {
    server = bound;
    actualPort = bound.actualPort();
  }

  /** Any free port, and the same one for every gateway, is -1 for Vert.x. */
  private static int port(int configured) {
    return configured == 0 ? -1 : configured;
  }

  /** Returns which TLS implementation gateways use, for people. */
  public static String tlsName() {
    return TlsOptions.isNative() ? "BoringSSL" : "JDK";
  }

  /** Returns the port that is listened on, once started. Safe for use by any thread. */
  public int actualPort() {
    return actualPort;
  }

  private HttpServerOptions httpOptions() {
    int message = config.limits().message();
    return new HttpServerOptions()
        .setAcceptBacklog(BACKLOG)
        .setSslHandshakeTimeout(config.timeouts().handshake().toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxWebSocketFrameSize(message)
        .setMaxWebSocketMessageSize(message)
        // Compression beside secrets leaks them, and inflates bombs.
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
  }

  private void limitHandshake(HttpConnection connection) {
    if (deadlines.size() >= config.limits().connections()) {
      connection.close();
      return;
    }
    long timer =
        vertx.setTimer(
            config.timeouts().handshake().toMillis(),
            id -> {
              deadlines.remove(connection);
              // Not connection.close(), which waits for a client that does not read.
              var unused = ((ConnectionBase) connection).channelHandlerContext().close();
            });
    deadlines.put(connection, timer);
    connection.closeHandler(closed -> handshakeDone(connection));
  }

  private void handshakeDone(HttpConnection connection) {
    Long timer = deadlines.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  private void upgrade(RoutingContext route) {
    MultiMap headers = route.request().headers();
    // RFC 6455 §4.2.1; Vert.x takes the drafts before it, too.
    if (!headers.contains(HttpHeaders.UPGRADE, "websocket", true)
        || !"13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      route
          .response()
          .putHeader(HttpHeaders.UPGRADE, "websocket")
          .putHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
      refuse(route, HttpResponseStatus.UPGRADE_REQUIRED.code());
      return;
    }
    if (!isNonce(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY))
        || route.request().version() != HttpVersion.HTTP_1_1) {
      refuse(route, HttpResponseStatus.BAD_REQUEST.code());
      return;
    }
    HttpConnection connection = route.request().connection();
    route
        .request()
        .toWebSocket()
        .onSuccess(socket -> accept(connection))
        .onFailure(e -> LOG.debug("A handshake failed: {}", Failures.describe(e)));
  }

  /** Answers with a status and ends the connection: nobody has a second thing to ask. */
  private static void refuse(RoutingContext route, int status) {
    route
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONNECTION, "close")
        .end("This is a relay for chat clients.\n");
  }

  private static boolean isNonce(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key).length == NONCE_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private void accept(HttpConnection connection) {
    handshakeDone(connection);
    clients.add((ContextInternal) context, ((ConnectionBase) connection).channel());
  }

  private static SortedMap<String, Long> advertised(LimitsConfig limits) {
    return new TreeMap<>(
        Map.of(
            "message", (long) limits.message(),
            "name", (long) limits.name(),
            "username", (long) limits.username(),
            "public_key", (long) limits.publicKey(),
            "rooms_per_connection", (long) limits.roomsPerConnection(),
            "members_per_room", (long) limits.membersPerRoom(),
            "one_time_keys_per_room", (long) limits.oneTimeKeysPerRoom()));
  }

  @Override
  public Future<?> stop() {
    if (server == null) {
      return Future.succeededFuture();
    }
    // Vert.x stops accepting at once, and gives those who are there time to go by themselves.
    long patience = config.timeouts().close().plus(MARGIN).toMillis();
    Future<Void> closed = server.shutdown(patience, TimeUnit.MILLISECONDS);
    return Future.join(clients.closeAll(), closed);
  }
}
