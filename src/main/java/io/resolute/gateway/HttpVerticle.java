package io.resolute.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.resolute.bus.BridgeFrames;
import io.resolute.bus.Failures;
import io.resolute.config.LimitsConfig;
import io.resolute.config.ServerConfig;
import io.resolute.config.TimeoutsConfig;
import io.resolute.limits.AddressLimits;
import io.resolute.limits.ClientAddress;
import io.resolute.limits.Places;
import io.resolute.protocol.RandomTokens;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections on one event loop: TLS, HTTP, and the WebSocket handshake. */
public final class HttpVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);
  private static final int BACKLOG = 1024;
  private static final List<HttpResponseStatus> EXPLAINED =
      List.of(
          HttpResponseStatus.BAD_REQUEST,
          HttpResponseStatus.FORBIDDEN,
          HttpResponseStatus.NOT_FOUND,
          HttpResponseStatus.METHOD_NOT_ALLOWED,
          HttpResponseStatus.INTERNAL_SERVER_ERROR);
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /**
   * What the gateways of one server share.
   *
   * @param capacity how many more clients there may be
   * @param addresses counts what comes from where
   * @param handshakes places for sockets that are in the TLS handshake
   * @param page what is served to people; null for nothing
   * @param busRefusals counts what clients of the event-bus bridge may not do
   */
  public record Shared(
      Semaphore capacity,
      AddressLimits addresses,
      Places handshakes,
      RandomTokens random,
      @Nullable Page page,
      LongAdder busRefusals) {}

  private final ServerConfig config;
  private final ServerIdentity identity;
  private final Shared shared;
  private final Sources sources;
  private volatile int actualPort;
  private volatile @Nullable HttpServer server;

  @SuppressWarnings("NullAway.Init") // Vert.x calls start() before anything else.
  private Clients clients;

  @SuppressWarnings("NullAway.Init") // As above.
  private Newcomers newcomers;

  @SuppressWarnings("NullAway.Init") // As above.
  private Connection.Shared connections;

  /** Makes the verticle. */
  public HttpVerticle(ServerConfig config, ServerIdentity identity, Shared shared) {
    this.config = config;
    this.identity = identity;
    this.shared = shared;
    this.sources = new Sources(config.listen());
  }

  @Override
  public Future<?> start() {
    connections = Connection.Shared.of(vertx, config, shared.random());
    LimitsConfig limits = config.limits();
    TimeoutsConfig timeouts = config.timeouts();
    clients =
        new Clients(
            WebSocketPeer.Limits.of(config), timeouts, shared.capacity(), shared.addresses());
    Places places = new Places(limits.connections(), config.perAddress().connections());
    newcomers = new Newcomers(vertx, places, timeouts.handshake());
    // Half the period that is asked for, so that nothing lasts much longer than it may.
    long shortest = Math.min(timeouts.ping().toMillis(), timeouts.write().toMillis());
    vertx.setPeriodic(shortest / 2, timer -> clients.sweep());
    return listen();
  }

  private Future<?> listen() {
    HttpServerOptions options = TlsOptions.apply(httpOptions(config), identity);
    options.setSslEngineOptions(new GuardedTls(sources, shared.handshakes(), shared.addresses()));
    return vertx
        .createHttpServer(options)
        .connectionHandler(connection -> newcomers.add(connection, sources.of(connection)))
        .exceptionHandler(e -> LOG.debug("A handshake failed: {}", Failures.describe(e)))
        .requestHandler(router())
        .listen(port(config.listen().port()), config.listen().host())
        .onSuccess(this::listening);
  }

  private Router router() {
    Router router = Router.router(vertx);
    Handshake handshake = new Handshake(config.listen().origins(), waysIn());
    // Vert.x would log what a request that it cannot parse looks like.
    for (HttpResponseStatus status : EXPLAINED) {
      router.errorHandler(status.code(), route -> handshake.refuse(route, status));
    }
    router.route().handler(handshake::requireHost);
    router
        .get(config.listen().path())
        .handler(handshake::requireWebSocket)
        .handler(handshake::requireOrigin)
        .handler(this::upgrade);
    if (config.eventBus().enabled()) {
      addEventBus(router, handshake);
    }
    if (shared.page() != null) {
      shared.page().addTo(router, newcomers);
    }
    return router;
  }

  private String waysIn() {
    String page = shared.page() == null ? "" : ", the page at /";
    return "This is a relay for chat clients: WebSockets at %s%s.\n"
        .formatted(config.listen().path(), page);
  }

  private void addEventBus(Router router, Handshake handshake) {
    BusBridge bridge = new BusBridge(this::acceptOnBus);
    router
        .getWithRegex(BusBridge.WEB_SOCKET)
        .handler(handshake::requireWebSocket)
        .handler(handshake::requireOrigin);
    router
        .get(BusBridge.INFO)
        .handler(handshake::requireOrigin)
        .handler(route -> BusBridge.inform(route, handshake.origins(route.request())));
    router.getWithRegex(BusBridge.FRONT).handler(BusBridge::explain);
    // What else SockJS serves is for browsers without WebSockets.
    router
        .routeWithRegex(BusBridge.OTHERS)
        .handler(route -> handshake.refuse(route, HttpResponseStatus.NOT_FOUND));
    router.route(BusBridge.PATH + "*").subRouter(bridge.router(vertx));
  }

  private void listening(HttpServer bound) {
    server = bound;
    actualPort = bound.actualPort();
  }

  /** Any free port, and the same one for every gateway, is -1 for Vert.x. */
  private static int port(int configured) {
    return configured == 0 ? -1 : configured;
  }

  /**
   * Shows another certificate to those who connect from here on, also through the other gateways of
   * this server. Safe for use by any thread, once started.
   */
  public Future<?> use(ServerIdentity next) {
    HttpServer bound = server;
    if (bound == null) {
      throw new IllegalStateException("the gateway is not started");
    }
    return bound.updateSSLOptions(
        TlsOptions.apply(httpOptions(config), next).getSslOptions(), true);
  }

  /** Returns which TLS implementation gateways use, for people. */
  public static String tlsName() {
    return TlsOptions.isNative() ? "BoringSSL" : "JDK";
  }

  /** Returns the port that is listened on, once started. Safe for use by any thread. */
  public int actualPort() {
    return actualPort;
  }

  /** Returns what HTTP and WebSockets are held to, apart from TLS. */
  static HttpServerOptions httpOptions(ServerConfig config) {
    int message = config.limits().message();
    return new HttpServerOptions()
        .setAcceptBacklog(BACKLOG)
        .setUseProxyProtocol(config.listen().proxyProtocol())
        .setProxyProtocolTimeout(config.timeouts().handshake().toMillis())
        .setProxyProtocolTimeoutUnit(TimeUnit.MILLISECONDS)
        .setSslHandshakeTimeout(config.timeouts().handshake().toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxWebSocketFrameSize(message)
        .setMaxWebSocketMessageSize(message)
        // Compression beside secrets leaks them, and inflates bombs.
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
  }

  private void upgrade(RoutingContext route) {
    HttpConnection connection = route.request().connection();
    ClientAddress source = sources.of(route.request());
    route
        .request()
        .toWebSocket()
        .onSuccess(socket -> accept(connection, source))
        .onFailure(e -> LOG.debug("A handshake failed: {}", Failures.describe(e)));
  }

  private void accept(HttpConnection connection, ClientAddress source) {
    Channel socket = settle(connection);
    clients.add(
        (ContextInternal) context,
        socket,
        source,
        (peer, ticket) -> new Connection(connections, peer, ticket));
    if (!vertx.isMetricsEnabled()) { // It tells them when a connection ends.
      WebSocketPeer.dismissVertx(socket);
    }
  }

  private Optional<BusSocket> acceptOnBus(SockJSSocket socket) {
    HttpConnection connection = socket.routingContext().request().connection();
    Channel channel = settle(connection);
    BridgeFrames frames = BusBridge.framesOf(socket.routingContext());
    return clients.add(
        (ContextInternal) context,
        channel,
        sources.of(socket.routingContext().request()),
        (peer, ticket) ->
            new BusSocket(connections, peer, channel, frames, ticket, shared.busRefusals()));
  }

  /** Returns what the bytes of a connection go through, which is a WebSocket from now on. */
  private Channel settle(HttpConnection connection) {
    newcomers.remove(connection);
    Channel socket = Newcomers.channel(connection);
    LastAnswer.dismiss(socket);
    return socket;
  }

  @Override
  public Future<?> stop() {
    HttpServer bound = server;
    if (bound == null) {
      return Future.succeededFuture();
    }
    newcomers.hurry();
    // Vert.x stops accepting at once, and gives those who are there time to go by themselves.
    long patience = config.timeouts().close().plus(MARGIN).toMillis();
    Future<Void> closed = bound.shutdown(patience, TimeUnit.MILLISECONDS);
    return Future.join(clients.closeAll(), closed);
  }
}
