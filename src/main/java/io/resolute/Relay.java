package io.resolute;

import io.resolute.config.ConfigException;
import io.resolute.config.InstancesConfig;
import io.resolute.config.LimitsConfig;
import io.resolute.config.ServerConfig;
import io.resolute.config.TlsConfig;
import io.resolute.gateway.BusVerticle;
import io.resolute.gateway.CertificateVerticle;
import io.resolute.gateway.HttpVerticle;
import io.resolute.gateway.Page;
import io.resolute.gateway.ServerIdentity;
import io.resolute.key.HmacKeyDerivation;
import io.resolute.key.JoinKeys;
import io.resolute.key.KeyVerticle;
import io.resolute.limits.AddressLimits;
import io.resolute.limits.Places;
import io.resolute.memory.Protection;
import io.resolute.memory.SecretMac;
import io.resolute.protocol.RandomTokens;
import io.resolute.room.RoomVerticle;
import io.resolute.room.Rooms;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The verticles of one relay, and what they share. */
final class Relay {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  // Half of what the client libraries of this project have.
  private static final Duration PATIENCE_OF_CLIENTS = Duration.ofSeconds(30);

  private final ServerConfig config;
  private final ServerIdentity identity;
  private final Semaphore connections;
  private final Semaphore rooms;
  private final AddressLimits addresses;
  private final List<JoinKeys> keys;
  private final List<HttpVerticle> gateways;
  private final RandomTokens random;
  private final SecretMac secret;
  private final LongAdder busRefusals = new LongAdder();

  /**
   * Makes the parts, without starting anything.
   *
   * @param page what is served to people; null for nothing
   */
  Relay(ServerConfig config, ServerIdentity identity, @Nullable Page page) {
    this.config = config;
    this.identity = identity;
    this.connections = new Semaphore(config.limits().connections());
    this.rooms = new Semaphore(config.limits().rooms());
    SecureRandom secureRandom = new SecureRandom();
    this.random = new RandomTokens(secureRandom);
    boolean proxied = !config.listen().proxies().isEmpty();
    this.addresses =
        new AddressLimits(config.perAddress(), proxied, secureRandom, System::nanoTime);
    this.secret = SecretMac.draw();
    int oneTimeKeys = config.limits().oneTimeKeysPerRoom();
    this.keys =
        several(
            config.instances().rooms(),
            index -> new JoinKeys(oneTimeKeys, random, new HmacKeyDerivation(secret)));
    var handshakes = new Places(config.limits().connections(), config.perAddress().connections());
    var shared =
        new HttpVerticle.Shared(connections, addresses, handshakes, random, page, busRefusals);
    this.gateways =
        several(config.instances().gateway(), index -> new HttpVerticle(config, identity, shared));
  }

  private static <T> List<T> several(int count, Function<Integer, T> make) {
    return IntStream.range(0, count).boxed().map(make).toList();
  }

  private void warnOfPauses() {
    Duration pause = config.longestPause();
    if (pause.compareTo(PATIENCE_OF_CLIENTS) > 0) {
      LOG.warn(
          "Who sends the longest messages to a full room is not read from for up to {} s, and may"
              + " take the server for dead: raise rates.bytes, or lower limits.message or"
              + " limits.membersPerRoom",
          pause.toSeconds());
    }
  }

  /** Deploys everything, what is asked before what asks. */
  Future<?> deploy(Vertx vertx) {
    try {
      StartConditions.requireLock(config.secrets(), secret.protection());
    } catch (ConfigException refused) {
      return Future.failedFuture(refused);
    }
    int count = config.instances().rooms();
    return deployAll(vertx, several(count, index -> new KeyVerticle(index, keys.get(index))))
        .compose(
            done -> deployAll(vertx, several(count, index -> new RoomVerticle(index, rooms()))))
        .compose(done -> deployAll(vertx, busVerticles()))
        .compose(done -> deployAll(vertx, gateways))
        .compose(done -> deployAll(vertx, certificateVerticles()))
        .onSuccess(done -> logStart(vertx));
  }

  private static Future<?> deployAll(Vertx vertx, List<? extends Deployable> verticles) {
    // Where one fails, the others still come to an end of their start before they are stopped.
    return Future.join(verticles.stream().map(vertx::deployVerticle).toList());
  }

  private List<BusVerticle> busVerticles() {
    return config.eventBus().enabled()
        ? List.of(new BusVerticle(config, connections, addresses, random))
        : List.of();
  }

  private List<CertificateVerticle> certificateVerticles() {
    return config.tls() instanceof TlsConfig.Files files
        ? List.of(new CertificateVerticle(files, identity, gateways.get(0)::use))
        : List.of();
  }

  private Rooms rooms() {
    LimitsConfig limits = config.limits();
    return new Rooms(limits.membersPerRoom(), config.timeouts().room(), rooms, steadyClock());
  }

  /** A clock that nobody can set: rooms expire by their age. */
  private static InstantSource steadyClock() {
    long start = System.nanoTime();
    return () -> Instant.EPOCH.plusNanos(System.nanoTime() - start);
  }

  private void logStart(Vertx vertx) {
    InstancesConfig instances = config.instances();
    LOG.info(
        "Listening on wss://{}:{}{} ({}, {}, event loops: {} for connections, {} for rooms)",
        config.listen().host(),
        port(),
        config.listen().path(),
        HttpVerticle.tlsName(),
        vertx.isNativeTransportEnabled() ? "epoll" : "NIO",
        instances.gateway(),
        instances.rooms());
    LOG.info(
        "Certificate{} expires {}, SHA-256 fingerprint {}",
        config.tls() instanceof TlsConfig.SelfSigned ? ", self-signed for trying out," : "",
        identity.expires(),
        identity.fingerprint());
    OpenFiles.shortage(config, OpenFiles.limit()).ifPresent(LOG::warn);
    warnOfPauses();
    logProtection(secret.protection());
    if (config.listen().proxyProtocol()) {
      LOG.info("Clients connect through the proxy, and in no other way: listen.proxyProtocol");
    } else if (config.tls() instanceof TlsConfig.SelfSigned selfSigned) {
      logWaysIn(selfSigned);
    }
  }

  /** Says how to try it out. */
  private void logWaysIn(TlsConfig.SelfSigned selfSigned) {
    String name = selfSigned.hosts().get(0);
    String host = name.indexOf(':') < 0 ? name : "[" + name + "]";
    if (config.page().enabled()) {
      LOG.info("In a browser: https://{}:{}/", host, port());
    }
    LOG.info(
        "On a terminal: scripts/chat create {}:{} --pin {} --as NAME",
        host,
        port(),
        identity.fingerprint().replace(":", ""));
  }

  private static void logProtection(Protection protection) {
    if (protection.mend() == null) {
      LOG.info("The secret behind forever keys is {}", protection.inWords());
    } else {
      LOG.warn("The secret behind forever keys is {}: {}", protection.inWords(), protection.mend());
    }
  }

  /** Wipes the secret that all forever keys come from. */
  void close() {
    secret.close();
  }

  int port() {
    return gateways.get(0).actualPort();
  }

  /** Returns how often clients of the event-bus bridge tried what they may not. */
  long busRefusals() {
    return busRefusals.sum();
  }

  RelayCounts counts() {
    LimitsConfig limits = config.limits();
    return new RelayCounts(
        limits.connections() - connections.availablePermits(),
        limits.rooms() - rooms.availablePermits(),
        keys.stream().mapToInt(JoinKeys::rooms).sum());
  }
}
