package io.resolute.gateway;

import io.netty.channel.Channel;
import io.resolute.limits.ClientAddress;
import io.resolute.limits.Places;
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
  // Long enough for what the page asks for next; kept by browsers, they would take up the room.
  private static final Duration IDLE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Places places;
  private final Duration patience;
  private final Map<HttpConnection, Newcomer> all = new HashMap<>();
  private boolean hurried;

  /**
   * Makes an empty collection.
   *
   * @param places for those that there may be
   * @param patience how long each has, whatever it asks for
   */
  Newcomers(Vertx vertx, Places places, Duration patience) {
    this.vertx = vertx;
    this.places = places;
    this.patience = patience;
  }

  private final class Newcomer {
    private final Places.Place place;
    private final long deadline;
    private @Nullable Long idle;

    Newcomer(HttpConnection connection, Places.Place place) {
      this.place = place;
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
      place.giveBack();
    }
  }

  private long closeAfter(Duration delay, HttpConnection connection) {
    return vertx.setTimer(
        delay.toMillis(),
        id -> {
          remove(connection);
          // Not connection.close(), which waits for a client that does not read.
          LastAnswer.cut(channel(connection));
        });
  }

  /**
   * Takes in a connection, or closes it without a word if there are too many.
   *
   * @param source where it comes from; nothing if it is a proxy's
   */
  void add(HttpConnection connection, Optional<ClientAddress> source) {
    LastAnswer.watch(channel(connection));
    Optional<Places.Place> place = places.take(source);
    if (place.isEmpty()) {
      connection.close();
      return;
    }
    all.put(connection, new Newcomer(connection, place.get()));
    connection.closeHandler(closed -> remove(connection));
  }

  /** Gives those that are still being answered a moment more; Vert.x closes those that are not. */
  void hurry() {
    hurried = true;
    all.forEach((connection, newcomer) -> newcomer.startIdling(connection));
  }

  /** Returns what a connection's bytes go through. */
  static Channel channel(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }

  /** The connection is a WebSocket now, or gone. */
  void remove(HttpConnection connection) {
    Newcomer newcomer = all.remove(connection);
    if (newcomer != null) {
      newcomer.stop();
    }
  }

  /** The connection has asked for something. */
  void asked(HttpConnection connection) {
    Newcomer newcomer = all.get(connection);
    if (newcomer != null && !hurried) {
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
