package io.resolute.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.resolute.config.LimitsConfig;
import io.resolute.config.RatesConfig;
import io.resolute.config.ServerConfig;
import io.resolute.limits.AddressLimits;
import io.resolute.limits.ClientAddress;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * An echo behind the relay's own TLS, handshake and frames, which is what the fuzzing client of
 * Autobahn talks to. Binary messages come back too, {@link BinaryAsText}.
 */
public final class EchoServer extends VerticleBase {
  // The longest message of the cases is 16 MiB, and binary ones are twice as long as text.
  private static final int MESSAGE = 40 << 20;
  private static final int SEND_QUEUE = 4 * MESSAGE;

  private final Supplier<? extends ChannelHandler> fault;
  private final ServerConfig config;
  private final Clients clients;
  private volatile int port;

  /**
   * Makes an echo.
   *
   * @param fault makes a handler that spoils what is sent; for none, one that does nothing
   */
  public EchoServer(Supplier<? extends ChannelHandler> fault) {
    this.fault = fault;
    this.config = withLargeMessages(ServerConfig.defaults());
    this.clients =
        new Clients(
            WebSocketPeer.Limits.of(config),
            config.timeouts(),
            new Semaphore(config.limits().connections()),
            new AddressLimits(config.perAddress(), false, new SecureRandom(), System::nanoTime));
  }

  private static ServerConfig withLargeMessages(ServerConfig defaults) {
    LimitsConfig limits = defaults.limits();
    return new ServerConfig(
        defaults.listen(),
        defaults.tls(),
        defaults.instances(),
        new LimitsConfig(
            MESSAGE,
            limits.name(),
            limits.username(),
            limits.publicKey(),
            SEND_QUEUE,
            limits.connections(),
            limits.rooms(),
            limits.roomsPerConnection(),
            limits.membersPerRoom(),
            limits.oneTimeKeysPerRoom()),
        RatesConfig.unlimited(),
        defaults.perAddress(),
        defaults.timeouts(),
        defaults.page(),
        defaults.eventBus(),
        defaults.secrets());
  }

  /** Returns the port that it listens on, once deployed. */
  public int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(() -> ServerIdentity.load(config.tls())).compose(this::listen);
  }

  private Future<?> listen(ServerIdentity identity) {
    Handshake handshake = new Handshake(config.listen().origins(), "");
    Router router = Router.router(vertx);
    router
        .get(config.listen().path())
        .handler(handshake::requireWebSocket)
        .handler(handshake::requireOrigin)
        .handler(this::upgrade);
    return vertx
        .createHttpServer(TlsOptions.apply(HttpVerticle.httpOptions(config), identity))
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .onSuccess((HttpServer server) -> port = server.actualPort());
  }

  private void upgrade(RoutingContext route) {
    HttpConnection connection = route.request().connection();
    route.request().toWebSocket().onSuccess(socket -> accept(Newcomers.channel(connection)));
  }

  private void accept(Channel socket) {
    ChannelPipeline pipeline = socket.pipeline();
    pipeline.addBefore(WebSocketPeer.VERTX_HANDLER, "fault", fault.get());
    pipeline.addBefore(WebSocketPeer.VERTX_HANDLER, "binary-as-text", new BinaryAsText());
    clients.add(
        (ContextInternal) context,
        socket,
        ClientAddress.of(InetAddress.getLoopbackAddress()),
        (peer, ticket) -> new Echo(peer));
  }

  /** Sends every message back. */
  private record Echo(WebSocketPeer peer) implements Clients.Session {
    @Override
    public void receive(byte[] text) {
      peer.send(text);
    }

    @Override
    public void end() {}

    @Override
    public void detach() {}
  }
}
