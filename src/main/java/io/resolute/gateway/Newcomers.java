package io.resolute.gateway;

import io.resolute.limits.ClientAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one gateway that are no WebSockets, or not yet: how many there are, and for
 * how long. To be used on its event loop alone.
 */
final class Newcomers {
  // A browser opens some to load the page, on a server with room for few clients, too.
  private static final int LEAST = 128;
  // Long enough for what the page asks for next; kept by browsers, they would take up the room.
  private static final Duration IDLE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final int max;
  private final int maxPerAddress;
  private final Duration patience;
  private final Map<HttpConnection, Newcomer> all = new HashMap<>();
  private final Map<ClientAddress, Integer> perAddress = new HashMap<>();

  /**
   * Makes an empty collection.
   *
   * @param clients how many there may be; of newcomers there may be as many, or a few more
   * @param perAddress how many of one address there may be
   * @param patience how long each has, whatever it asks for
   */
  Newcomers(Vertx vertx, int clients, int perAddress, Duration patience) {
    this.vertx = vertx;
    this.max = Math.max(clients, LEAST);
    this.maxPerAddress = perAddress;
    this.patience = patience;
  }

  private final class Newcomer {
    private final @Nullable ClientAddress source;
    private final long deadline;
    private @Nullable Long idle;

    Newcomer(HttpConnection connection, @Nullable ClientAddress source) {
      this.source = source;
      deadline = closeAfter(patience, connection);
    }

    void startIdling(HttpConnection connection) {
      stopIdling();
      idle = closeAfter(IDLE, connection);
    }

    void stopIdling() {
      if (idle != null) {
        vertx.cancelTimer(idle);
        idle = null;
      }
    }

    void stop() {
      stopIdling();
      vertx.cancelTimer(deadline);
    }
  }

  private long closeAfter(Duration delay, HttpConnection connection) {
    return vertx.setTimer(
        delay.toMillis(),
        id -> {
          remove(connection);
          // Not connection.close(), which waits for a client that does not read.
          var unused = ((ConnectionBase) connection).channelHandlerContext().close();
        });
  }

  /**
   * Takes in a connection, or closes it without a word if there are too many.
   *
   * @param source where it comes from; nothing if it is a proxy's
   */
  void add(HttpConnection connection, Optional<ClientAddress> source) {
    ClientAddress counted = source.filter(address -> !address.isLocal()).orElse(null);
    if (all.size() >= max
        || (counted != null && perAddress.getOrDefault(counted, 0) >= maxPerAddress)) {
      connection.close();
      return;
    }
    all.put(connection, new Newcomer(connection, counted));
    if (counted != null) {
      perAddress.merge(counted, 1, Integer::sum);
    }
    connection.closeHandler(closed -> remove(connection));
  }

  /** The connection is a WebSocket now, or gone. */
  void remove(HttpConnection connection) {
    Newcomer newcomer = all.remove(connection);
    if (newcomer != null) {
      newcomer.stop();
      if (newcomer.source != null) {
        perAddress.computeIfPresent(newcomer.source, (address, n) -> n == 1 ? null : n - 1);
      }
    }
  }

  /** The connection has asked for something. */
  void asked(HttpConnection connection) {
    Newcomer newcomer = all.get(connection);
    if (newcomer != null) {
      newcomer.stopIdling();
    }
  }

  /** The connection has been sent what it asked for, to the last byte. */
  void answered(HttpConnection connection) {
    Newcomer newcomer = all.get(connection);
    if (newcomer != null) {
      newcomer.startIdling(connection);
    }
  }
}
