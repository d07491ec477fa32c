package io.resolute;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.config.ConfigException;
import io.resolute.config.ServerConfig;
import io.resolute.config.TlsConfig;
import io.resolute.gateway.ServerIdentity;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.launcher.application.HookContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LauncherTest {
  private final Vertx vertx = Vertx.vertx();
  private final HookContext starting = new Starting(vertx);
  private final Exception failure = new IllegalStateException("for the test");
  private final List<String> complaints = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // Made before each test.
  private Launcher launcher;

  @BeforeEach
  void make() throws ConfigException {
    ServerIdentity identity = ServerIdentity.load(new TlsConfig.SelfSigned(List.of("localhost")));
    // A stop that lasts longer ends the process.
    ServerConfig patient = ServerConfig.parse("{\"timeouts\":{\"shutdown\":\"5m\"}}");
    launcher = new Launcher(patient, identity, complaints::add);
  }

  @AfterEach
  void close() throws Exception {
    try {
      vertx.close().await(10, TimeUnit.SECONDS);
    } finally {
      launcher.afterVertxStopped(starting); // Otherwise it would end this process in the end.
    }
  }

  @Test
  void aStopWhileTheServerStartsIsNoFailure() {
    launcher.beforeStoppingVertx(starting);
    launcher.afterFailureToDeployVerticle(starting, failure);
    assertThat(complaints).isEmpty();
  }

  @Test
  void aStopWaitsUntilWhatIsUnderWayHasStarted() throws Exception {
    assertThatAStopWaitsFor(() -> launcher.afterVerticleDeployed(starting));
  }

  @Test
  void aStopWaitsUntilWhatIsUnderWayHasFailedToStart() throws Exception {
    launcher.beforeStoppingVertx(starting);
    assertThatAStopWaitsFor(() -> launcher.afterFailureToDeployVerticle(starting, failure));
    assertThat(complaints).isEmpty();
  }

  private void assertThatAStopWaitsFor(Runnable endOfStart) throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    vertx.deployVerticle(new Stopping(stopped)).await(10, TimeUnit.SECONDS);
    launcher.afterVertxStarted(starting);
    Future<Void> closed = vertx.close();
    // That it does not come shows in time alone; where there is too little, nothing fails for it.
    assertThat(stopped.await(200, TimeUnit.MILLISECONDS)).isFalse();
    endOfStart.run();
    closed.await(10, TimeUnit.SECONDS);
    assertThat(stopped.getCount()).isZero();
  }

  @Test
  void aServerThatCannotStartStops() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    vertx.deployVerticle(new Stopping(stopped)).await(10, TimeUnit.SECONDS);
    launcher.afterVertxStarted(starting);
    launcher.afterFailureToDeployVerticle(starting, failure);
    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aFailureToStartIsTold() {
    launcher.afterFailureToDeployVerticle(starting, failure);
    launcher.beforeStoppingVertx(starting);
    assertThat(complaints).singleElement().asString().startsWith("cannot start: ");
  }

  /** Tells when it is stopped. */
  private static final class Stopping extends VerticleBase {
    private final CountDownLatch stopped;

    Stopping(CountDownLatch stopped) {
      this.stopped = stopped;
    }

    @Override
    public Future<?> stop() {
      stopped.countDown();
      return Future.succeededFuture();
    }
  }

  /** Nothing is deployed yet. */
  private record Starting(Vertx vertx) implements HookContext {
    @Override
    public VertxOptions vertxOptions() {
      return new VertxOptions();
    }

    @Override
    public String mainVerticle() {
      return "";
    }

    @Override
    public DeploymentOptions deploymentOptions() {
      return new DeploymentOptions();
    }

    @Override
    public @Nullable String deploymentId() {
      return null;
    }
  }
}
