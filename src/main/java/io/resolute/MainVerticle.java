package io.resolute;

import io.resolute.bus.LocalCodec;
import io.resolute.config.ConfigException;
import io.resolute.config.ServerConfig;
import io.resolute.config.TlsConfig;
import io.resolute.gateway.Page;
import io.resolute.gateway.ServerIdentity;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * Deploys the relay: the keepers of join keys, the rooms, then the gateways. One a Vert.x instance.
 *
 * <pre>{@code
 * vertx.deployVerticle(new MainVerticle(ServerConfig.defaults()));
 * }</pre>
 */
public final class MainVerticle extends VerticleBase {
  private final @Nullable ServerConfig config;
  private final @Nullable ServerIdentity identity;
  private volatile @Nullable Relay relay;

  /** Makes a relay that is configured by the JSON in its deployment options. */
  public MainVerticle() {
    this(null, null);
  }

  /** Makes a relay. */
  public MainVerticle(ServerConfig config) {
    this(config, null);
  }

  /** Makes a relay whose certificate, unless null, is loaded already. */
  MainVerticle(@Nullable ServerConfig config, @Nullable ServerIdentity identity) {
    this.config = config;
    this.identity = identity;
  }

  @Override
  public Future<?> start() throws ConfigException {
    ServerConfig effective = config == null ? ServerConfig.parse(config().encode()) : config;
    LocalCodec.registerAll(vertx.eventBus());
    return Future.all(loadIdentity(effective), loadPage(effective))
        .compose(loaded -> deploy(new Relay(effective, loaded.resultAt(0), loaded.resultAt(1))))
        .onFailure(e -> LocalCodec.unregisterAll(vertx.eventBus()));
  }

  private Future<ServerIdentity> loadIdentity(ServerConfig effective) {
    return identity != null
        ? Future.succeededFuture(identity)
        : vertx.executeBlocking(() -> ServerIdentity.load(effective.tls()));
  }

  private Future<@Nullable Page> loadPage(ServerConfig effective) {
    boolean trusted = effective.tls() instanceof TlsConfig.Files;
    return effective.page().enabled()
        ? vertx.executeBlocking(() -> Page.load(trusted))
        : Future.succeededFuture();
  }

  private Future<?> deploy(Relay created) {
    relay = created;
    return created.deploy(vertx).onFailure(e -> created.close());
  }

  /**
   * Returns the port that is listened on. Safe for use by any thread.
   *
   * @throws IllegalStateException unless deployed
   */
  public int port() {
    return relay().port();
  }

  /**
   * Returns how much of everything there is; a little behind while requests are under way. Safe for
   * use by any thread.
   *
   * @throws IllegalStateException unless deployed
   */
  public RelayCounts counts() {
    return relay().counts();
  }

  /**
   * Returns how often clients of the event-bus bridge tried what they may not, since the start.
   * Safe for use by any thread.
   *
   * @throws IllegalStateException unless deployed
   */
  public long busRefusals() {
    return relay().busRefusals();
  }

  private Relay relay() {
    Relay deployed = relay;
    if (deployed == null) {
      throw new IllegalStateException("the relay is not deployed");
    }
    return deployed;
  }

  @Override
  public Future<?> stop() {
    LocalCodec.unregisterAll(vertx.eventBus());
    relay().close();
    return Future.succeededFuture();
  }
}
