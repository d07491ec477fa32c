package io.resolute.testing;

import io.resolute.MainVerticle;
import io.resolute.RelayCounts;
import io.resolute.config.ConfigException;
import io.resolute.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.impl.EventBusImpl;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server inside the test's own process, on a free port. */
public final class TestServer implements AutoCloseable {
  private static final int EVENT_LOOPS = 4;
  private static final String UNHURRIED =
      "'rates':{"
          + Stream.of("commands", "messages", "bytes", "failedJoins", "errors")
              .map(rate -> "'" + rate + "':{'rate':'unlimited'}")
              .collect(Collectors.joining(","))
          + "}";
  private static final String INSTANCES = "'instances':{'gateway':4,'rooms':4}";
  private static final String LISTEN = "'listen':{'host':'127.0.0.1','port':0}";

  private final Vertx vertx;
  private final MainVerticle main;
  private final String deployment;

  private TestServer(String config) {
    vertx =
        Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setPreferNativeTransport(true));
    try {
      main = new MainVerticle(ServerConfig.parse(config));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
    deployment = await(vertx.deployVerticle(main));
  }

  /**
   * Starts a server on four event loops, whose clients may go as fast as they can, everything else
   * at its default.
   */
  public static TestServer start() {
    return start("");
  }

  /**
   * Starts a server on four event loops, whose clients may go as fast as they can, unless {@code
   * config} says otherwise.
   *
   * @param config further members of the configuration, with single quotes for double ones
   */
  public static TestServer start(String config) {
    String defaults =
        Stream.of(LISTEN, UNHURRIED, INSTANCES)
            .filter(section -> !config.contains(section.substring(0, section.indexOf(':') + 1)))
            .collect(Collectors.joining(","));
    String rest = config.isEmpty() || defaults.isEmpty() ? config : "," + config;
    return new TestServer(("{" + defaults + rest + "}").replace('\'', '"'));
  }

  /** Returns the port that it listens on. */
  public int port() {
    return main.port();
  }

  /** Returns the Vert.x that it runs in. */
  public Vertx vertx() {
    return vertx;
  }

  /** Returns how much of everything the server holds. */
  public RelayCounts counts() {
    return main.counts();
  }

  /** Returns how often clients of the event-bus bridge were refused. */
  public long busRefusals() {
    return main.busRefusals();
  }

  /** Returns how many consumers the event bus has. */
  public int consumers() {
    try {
      Field handlers = EventBusImpl.class.getDeclaredField("handlerMap");
      handlers.setAccessible(true);
      return ((Map<?, ?>) handlers.get(vertx.eventBus())).size();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the event bus keeps its consumers elsewhere now", e);
    }
  }

  /** Connects a client. */
  public RawClient connect() {
    return RawClient.connect(port());
  }

  /** Takes the server out of its Vert.x, which goes on. */
  public void undeploy() {
    await(vertx.undeploy(deployment));
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
