package io.resolute;

import io.resolute.bus.Addresses;
import io.resolute.bus.LocalCodec;
import io.resolute.config.ConfigException;
import io.resolute.config.ServerConfig;
import io.resolute.config.TlsConfig;
import io.resolute.gateway.HttpVerticle;
import io.resolute.gateway.ServerIdentity;
import io.resolute.key.HmacKeyDerivation;
import io.resolute.key.JoinKeys;
import io.resolute.key.KeyVerticle;
import io.resolute.protocol.RandomTokens;
import io.resolute.room.RoomVerticle;
import io.resolute.room.Rooms;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys the relay: the keepers of join keys, the rooms, then the gateways. One a Vert.x instance.
 *
 * <pre>{@code
 * vertx.deployVerticle(new MainVerticle(ServerConfig.defaults()));
 * }</pre>
 */
public final class MainVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MainVerticle.class);

  private final SecureRandom secureRandom = new SecureRandom();
  private final RandomTokens random = new RandomTokens(secureRandom);
  private volatile int port;
  private @Nullable ServerConfig given;
  private @Nullable ServerIdentity givenIdentity;

  /** Makes a relay that is configured by the JSON in its deployment options. */
  public MainVerticle() {}

  /** Makes a relay. */
  public MainVerticle(ServerConfig config) {
    this.given = config;
  }

  /** Makes a relay whose certificate is loaded already. */
  MainVerticle(ServerConfig config, ServerIdentity identity) {
    this.given = config;
    this.givenIdentity = identity;
  }

  @Override
  public Future<?> start() throws ConfigException {
    ServerConfig config = given == null ? ServerConfig.parse(config().encode()) : given;
    LocalCodec.registerAll(vertx.eventBus());
    return identity(config).compose(identity -> deployAll(config, identity));
  }

  private Future<ServerIdentity> identity(ServerConfig config) {
    return givenIdentity != null
        ? Future.succeededFuture(givenIdentity)
        : vertx.executeBlocking(() -> ServerIdentity.load(config.tls()));
  }

  private Future<?> deployAll(ServerConfig config, ServerIdentity identity) {
    int rooms = config.instances().rooms();
    byte[] secret = new byte[HmacKeyDerivation.SECRET_BYTES];
    secureRandom.nextBytes(secret);
    Semaphore roomCapacity = new Semaphore(config.limits().rooms());
    Semaphore connectionCapacity = new Semaphore(config.limits().connections());
    HttpVerticle first = new HttpVerticle(config, identity, connectionCapacity, random);
    IntFunction<Deployable> gateway =
        index ->
            index == 0 ? first : new HttpVerticle(config, identity, connectionCapacity, random);
    return deploy(rooms, index -> keys(config, shards(index, rooms), secret))
        .compose(keys -> deploy(rooms, index -> rooms(config, shards(index, rooms), roomCapacity)))
        .compose(done -> deploy(config.instances().gateway(), gateway))
        .onSuccess(done -> started(config, identity, first.actualPort()));
  }

  private void started(ServerConfig config, ServerIdentity identity, int actualPort) {
    port = actualPort;
    LOG.info(
        "Listening on wss://{}:{}{} (TLS: {}, transport: {}, event loops: {} for connections, {} for"
            + " rooms)",
        config.listen().host(),
        port,
        config.listen().path(),
        HttpVerticle.tlsName(),
        vertx.isNativeTransportEnabled() ? "epoll" : "NIO",
        config.instances().gateway(),
        config.instances().rooms());
    LOG.info(
        "Certificate{} with SHA-256 fingerprint {}",
        config.tls() instanceof TlsConfig.SelfSigned ? ", self-signed for trying out," : "",
        identity.fingerprint());
  }

  /** Returns the port that is listened on, once deployed. Safe for use by any thread. */
  public int port() {
    return port;
  }

  private KeyVerticle keys(ServerConfig config, List<Integer> shards, byte[] secret) {
    return new KeyVerticle(
        shards,
        new JoinKeys(config.limits().oneTimeKeysPerRoom(), random, new HmacKeyDerivation(secret)));
  }

  private static RoomVerticle rooms(ServerConfig config, List<Integer> shards, Semaphore capacity) {
    return new RoomVerticle(
        shards,
        new Rooms(
            config.limits().membersPerRoom(),
            config.timeouts().room(),
            capacity,
            InstantSource.system()));
  }

  private static List<Integer> shards(int index, int instances) {
    return Addresses.shardsOf(index, instances).boxed().toList();
  }

  private Future<?> deploy(int instances, IntFunction<Deployable> verticle) {
    return Future.all(
        IntStream.range(0, instances)
            .mapToObj(index -> vertx.deployVerticle(verticle.apply(index)))
            .toList());
  }

  @Override
  public Future<?> stop() {
    LocalCodec.unregisterAll(vertx.eventBus());
    return Future.succeededFuture();
  }
}
