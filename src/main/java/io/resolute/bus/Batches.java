package io.resolute.bus;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What one event loop sends, gathered until the end of its turn, so that all that goes to one
 * address in a turn is one message on the bus, in the order in which it was added. What can wait is
 * sent with the next that cannot, or after {@value #PATIENCE_MILLIS} ms. Made in a verticle's
 * {@code start}, and to be used on its event loop alone.
 *
 * @param <K> whom something is for
 * @param <B> what is gathered for one of them
 */
public final class Batches<K, B> {
  static final int PATIENCE_MILLIS = 10;

  private final Vertx vertx;
  private final EventBus bus;
  private final Context context;
  private final Kind<K, B> kind;
  private final Map<K, B> waiting = new LinkedHashMap<>();
  private Map<K, B> gathered = new LinkedHashMap<>();
  private boolean timed;

  /**
   * What is sent where.
   *
   * @param empty makes the beginning of what is gathered for a recipient
   * @param body makes the message on the bus of what was gathered
   */
  private record Kind<K, B>(
      Function<K, String> address,
      Function<K, B> empty,
      Function<B, ?> body,
      DeliveryOptions options) {}

  private Batches(Vertx vertx, Kind<K, B> kind) {
    this.vertx = vertx;
    this.bus = vertx.eventBus();
    this.context = vertx.getOrCreateContext();
    this.kind = kind;
  }

  /** Makes batches of what rooms are told, by {@link Addresses#ofRoom}. */
  public static Batches<String, List<RoomCommand>> toRooms(Vertx vertx) {
    return new Batches<>(
        vertx,
        new Kind<>(
            Function.identity(), room -> new ArrayList<>(), RoomCommands::new, LocalCodec.TO_ROOM));
  }

  /** Makes batches of what connections are told. */
  public static Batches<ConnectionId, Parcel.Builder> toConnections(Vertx vertx) {
    return new Batches<>(
        vertx,
        new Kind<>(
            Addresses::ofConnection,
            connection -> new Parcel.Builder(),
            Parcel.Builder::build,
            LocalCodec.TO_CONNECTION));
  }

  /** Returns what was gathered for a recipient, to add to; it is sent at the end of this turn. */
  public B of(K recipient) {
    if (gathered.isEmpty()) {
      context.runOnContext(turnIsOver -> send());
    }
    B batch = gathered.get(recipient);
    if (batch == null) {
      batch = waiting.remove(recipient);
      batch = batch == null ? kind.empty().apply(recipient) : batch;
      gathered.put(recipient, batch);
    }
    return batch;
  }

  /** Returns what was gathered for a recipient, to add to what can wait. */
  public B inTime(K recipient) {
    B batch = gathered.get(recipient);
    if (batch != null) {
      return batch;
    }
    if (!timed) {
      timed = true;
      vertx.setTimer(PATIENCE_MILLIS, timer -> waitNoLonger());
    }
    return waiting.computeIfAbsent(recipient, kind.empty());
  }

  private void waitNoLonger() {
    timed = false;
    List.copyOf(waiting.keySet()).forEach(this::of);
  }

  private void send() {
    Map<K, B> turn = gathered;
    gathered = new LinkedHashMap<>();
    turn.forEach(
        (recipient, batch) ->
            bus.send(kind.address().apply(recipient), kind.body().apply(batch), kind.options()));
  }
}
