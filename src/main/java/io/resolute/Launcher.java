package io.resolute;

import io.resolute.config.ConfigException;
import io.resolute.config.ListenConfig;
import io.resolute.config.ServerConfig;
import io.resolute.gateway.ServerIdentity;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplication;
import io.vertx.launcher.application.VertxApplicationHooks;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
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
  private volatile boolean stopping;

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

  @Override
  public void afterFailureToDeployVerticle(HookContext context, @Nullable Throwable failure) {
    if (!stopping) {
      complain.accept(explain(failure));
      context.vertx().close();
    }
  }

  private String explain(@Nullable Throwable failure) {
    if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
      return "listen.host: " + config.listen().host() + " is not known; name another";
    }
    if (failure instanceof ConfigException e) {
      return e.line();
    }
    return failure instanceof IOException ? explainBind(failure) : "cannot start: " + failure;
  }

  /** The native transport tells the kinds of failure apart by their text alone. */
  private String explainBind(Throwable failure) {
    ListenConfig listen = config.listen();
    String cause = String.valueOf(failure.getMessage());
    if (cause.contains("assign requested address")) {
      return "listen.host: " + listen.host() + " is no address of this machine; name another";
    }
    String mend =
        cause.contains("ermission denied")
            ? "; ports below 1024 need the right to bind them (CAP_NET_BIND_SERVICE)"
            : "; stop what listens there, or name another port";
    return "listen.port: " + listen.port() + " cannot be bound at " + listen.host() + mend;
  }

  @Override
  public void beforeStoppingVertx(HookContext context) {
    stopping = true; // What is not deployed by now cannot be, and it is nobody's fault.
    if (context.deploymentId() == null) {
      return; // It could not start, or has not yet.
    }
    LOG.info("Stopping");
    Thread watchdog = new Thread(() -> haltAfter(config.timeouts().shutdown()), "shutdown");
    watchdog.setDaemon(true);
    watchdog.start();
  }

  @Override
  public void afterVertxStopped(HookContext context) {
    if (context.deploymentId() != null) {
      LOG.info("Stopped");
    }
  }

  private static void haltAfter(Duration patience) {
    try {
      Thread.sleep(patience.toMillis());
      LOG.warn("Stopped before every connection was closed: timeouts.shutdown is over");
      Runtime.getRuntime().halt(STOPPED_BY_SIGTERM);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
