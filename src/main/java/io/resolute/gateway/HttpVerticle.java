package io.resolute.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.resolute.bus.Failures;
import io.resolute.config.LimitsConfig;
import io.resolute.config.ServerConfig;
import io.resolute.protocol.ClientPacketDecoder;
import io.resolute.protocol.PacketLimits;
import io.resolute.protocol.RandomTokens;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections on one event loop: TLS, HTTP, and the WebSocket handshake. */
public final class HttpVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);
  private static final int BACKLOG = 1024;

  private final ServerConfig config;
  private final ServerIdentity identity;
  private final Semaphore capacity;
  private final RandomTokens random;
  private final Map<HttpConnection, Long> deadlines = new HashMap<>();
  private volatile int actualPort;

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
    router.get(config.listen().path()).handler(this::upgrade);
    return vertx
        .createHttpServer(TlsOptions.apply(httpOptions(), identity))
        .connectionHandler(this::limitHandshake)
        .exceptionHandler(e -> LOG.debug("A handshake failed: {}", Failures.describe(e)))
        .requestHandler(router)
        .listen(port(config.listen().port()), config.listen().host())
        .onSuccess(server -> actualPort = server.actualPort());
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
              connection.close();
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
    if (!route.request().headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
      route
          .response()
          .setStatusCode(HttpResponseStatus.UPGRADE_REQUIRED.code())
          .putHeader(HttpHeaders.UPGRADE, "websocket")
          .end("This address speaks WebSocket.\n");
      return;
    }
    HttpConnection connection = route.request().connection();
    route
        .request()
        .toWebSocket()
        .onSuccess(socket -> accept(connection))
        .onFailure(e -> LOG.debug("A handshake failed: {}", Failures.describe(e)));
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
    return clients.closeAll();
  }
}
