package io.resolute;

import io.resolute.config.ServerConfig;
import io.resolute.gateway.ServerIdentity;
import io.vertx.core.Deployable;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplication;
import io.vertx.launcher.application.VertxApplicationHooks;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts Vert.x with the relay in it, and sees to its end. */
final class Launcher extends VertxApplication implements VertxApplicationHooks {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
  private static final int STOPPED_BY_SIGTERM = 143;

  private final ServerConfig config;
  private final ServerIdentity identity;
  private final Consumer<String> complain;
  private final Promise<Void> startEnded = Promise.promise();
  private volatile boolean stopping;
  private volatile boolean failed;
  private volatile @Nullable Thread watchdog;

  /**
   * Makes a launcher for what is known to be right.
   *
   * @param complain takes a line for the person who runs the server
   */
  Launcher(ServerConfig config, ServerIdentity identity, Consumer<String> complain) {
    super(new String[0], null, false, false);
    this.config = config;
    this.identity = identity;
    this.complain = complain;
  }

  @Override
  public VertxBuilder createVertxBuilder(VertxOptions options) {
    options
        .setPreferNativeTransport(true)
        // Nothing is stored on disk: not even copies of what is in the jar.
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
    return ShortTurns.on(Vertx.builder().with(options));
  }

  @Override
  public Supplier<? extends Deployable> verticleSupplier() {
    return () -> new MainVerticle(config, identity);
  }

  /**
   * Has a stop wait for what is under way: a server that is closed as it binds breaks in Vert.x.
   */
  @Override
  public void afterVertxStarted(HookContext context) {
    ((VertxInternal) context.vertx())
        .addCloseHook(closed -> startEnded.future().onComplete(closed));
  }

  @Override
  public void afterVerticleDeployed(HookContext context) {
    startEnded.tryComplete();
  }

  @Override
  public void afterFailureToDeployVerticle(HookContext context, @Nullable Throwable failure) {
    failed = !stopping;
    startEnded.tryComplete();
    if (failed) {
      complain.accept(StartConditions.explain(config.listen(), failure));
      context.vertx().close();
    }
  }

  @Override
  public void beforeStoppingVertx(HookContext context) {
    if (failed) {
      return;
    }
    stopping = true; // What is not deployed by now cannot be, and it is nobody's fault.
    LOG.info("Stopping");
    Thread timer = new Thread(() -> haltAfter(config.timeouts().shutdown()), "shutdown");
    timer.setDaemon(true);
    timer.start();
    watchdog = timer;
  }

  @Override
  public void afterVertxStopped(HookContext context) {
    Thread timer = watchdog;
    if (timer != null) {
      timer.interrupt();
      LOG.info("Stopped");
    }
  }

  private void haltAfter(Duration patience) {
    try {
      Thread.sleep(patience.toMillis());
      LOG.warn(
          "Stopped before {}: timeouts.shutdown is over",
          startEnded.future().isComplete() ? "every connection was closed" : "the start was over");
      Runtime.getRuntime().halt(STOPPED_BY_SIGTERM);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
