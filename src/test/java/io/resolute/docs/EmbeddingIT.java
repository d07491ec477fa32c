package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.resolute.MainVerticle;
import io.resolute.config.ServerConfig;
import io.resolute.protocol.CloseCode;
import io.resolute.testing.MemoryMap;
import io.resolute.testing.RawClient;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What {@code docs/operating.md} promises to those who run the relay in a Vert.x of their own. */
class EmbeddingIT {
  private static final String CONFIG = "{\"listen\":{\"host\":\"127.0.0.1\",\"port\":0}}";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  @Test
  void undeployingClosesClientsWithGoingAway() throws Exception {
    MainVerticle relay = new MainVerticle(ServerConfig.parse(CONFIG));
    String deployment = await(vertx.deployVerticle(relay));
    RawClient client = hello(relay);
    await(vertx.undeploy(deployment));
    assertThat(client.closeCode()).isEqualTo(CloseCode.GOING_AWAY.code());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void undeployingGivesBackTheLockedPageOfTheSecret() throws Exception {
    List<MemoryMap.Mapping> before = MemoryMap.of("self").lockedAndUndumped();
    String deployment = await(vertx.deployVerticle(new MainVerticle(ServerConfig.parse(CONFIG))));
    List<MemoryMap.Mapping> during = MemoryMap.of("self").lockedAndUndumped();
    assumeFalse(during.equals(before), "no right to lock memory here");
    await(vertx.undeploy(deployment));
    assertThat(MemoryMap.of("self").lockedAndUndumped()).isEqualTo(before);
  }

  @Test
  void relayCanBeDeployedAgain() throws Exception {
    await(
        vertx.undeploy(await(vertx.deployVerticle(new MainVerticle(ServerConfig.parse(CONFIG))))));
    MainVerticle again = new MainVerticle(ServerConfig.parse(CONFIG));
    await(vertx.deployVerticle(again));
    hello(again).close();
  }

  @Test
  void configurationCanComeWithTheDeployment() throws Exception {
    MainVerticle relay = new MainVerticle();
    JsonObject config = new JsonObject(CONFIG);
    await(vertx.deployVerticle(relay, new DeploymentOptions().setConfig(config)));
    hello(relay).close();
  }

  @Test
  void relayThatCouldNotBindCanBeDeployedAgainWithAnotherPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "\"port\":" + taken.getLocalPort();
      MainVerticle refused =
          new MainVerticle(ServerConfig.parse(CONFIG.replace("\"port\":0", port)));
      assertThatThrownBy(() -> await(vertx.deployVerticle(refused))).isNotNull();
      assertThat(vertx.deploymentIDs()).isEmpty();
    }
    MainVerticle again = new MainVerticle(ServerConfig.parse(CONFIG));
    await(vertx.deployVerticle(again));
    hello(again).close();
  }

  @Test
  void secondRelayInOneVertxIsRefusedAndTheFirstGoesOn() throws Exception {
    MainVerticle first = new MainVerticle(ServerConfig.parse(CONFIG));
    await(vertx.deployVerticle(first));
    MainVerticle second = new MainVerticle(ServerConfig.parse(CONFIG));
    assertThatThrownBy(() -> await(vertx.deployVerticle(second)))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    hello(first).close();
  }

  @Test
  void connectionsThatEndAreSeenToEndByTheMetricsOfItsHost() throws Exception {
    Set<SocketAddress> connected = ConcurrentHashMap.newKeySet();
    Vertx measured =
        Vertx.builder()
            .with(new VertxOptions().setMetricsOptions(new MetricsOptions().setEnabled(true)))
            .withMetrics(options -> new Metrics(connected))
            .build();
    try {
      MainVerticle relay = new MainVerticle(ServerConfig.parse(CONFIG));
      await(measured.deployVerticle(relay));
      RawClient client = hello(relay);
      assertThat(connected).hasSize(1);
      client.close();
      Awaitility.await().untilAsserted(() -> assertThat(connected).isEmpty());
    } finally {
      await(measured.close());
    }
  }

  /** Knows who is connected. */
  private record Metrics(Set<SocketAddress> connected) implements VertxMetrics {
    @Override
    public HttpServerMetrics<?, ?, ?> createHttpServerMetrics(
        HttpServerOptions options, SocketAddress local) {
      return new HttpServerMetrics<Object, Object, Object>() {
        @Override
        public Object connected(SocketAddress remote, String name) {
          connected.add(remote);
          return remote;
        }

        @Override
        public void disconnected(Object connection, SocketAddress remote) {
          connected.remove(connection);
        }
      };
    }
  }

  private static RawClient hello(MainVerticle relay) {
    RawClient client = RawClient.connect(relay.port());
    client.send("hello", "{'versions':[1]}").next("hello");
    return client;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
