package io.resolute.bus;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one event loop sends, gathered until the end of its turn, so that all that goes to one
 * address in a turn is one message on the bus, in the order in which it was added. What can wait is
 * sent with the next that cannot, or after {@value #PATIENCE_MILLIS} ms. What cannot be sent is
 * lost by itself, and the secrets in what nobody gets are wiped. Made in a verticle's {@code
 * start}, and to be used on its event loop alone.
 *
 * @param <K> whom something is for
 * @param <B> what is gathered for one of them
 */
public final class Batches<K, B> {
  private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

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
   * @param secret whether a secret is in what was gathered
   * @param wipe overwrites the secrets in it
   */
  private record Kind<K, B>(
      Function<K, String> address,
      Function<K, B> empty,
      Function<B, ?> body,
      DeliveryOptions options,
      Predicate<B> secret,
      Consumer<B> wipe) {}

  private Batches(Vertx vertx, Kind<K, B> kind) {
    this.vertx = vertx;
    this.bus = vertx.eventBus();
    this.context = vertx.getOrCreateContext();
    this.kind = kind;
  }

  /** Makes batches of what rooms are told, by {@link Shards#addressOf}. */
  public static Batches<String, List<RoomCommand>> toRooms(Vertx vertx) {
    return new Batches<>(
        vertx,
        new Kind<>(
            Function.identity(),
            shard -> new ArrayList<>(),
            RoomCommands::new,
            LocalCodec.TO_ROOM,
            commands -> false, // What is left of a key in a command is its digest.
            commands -> {}));
  }

  /** Makes batches of what connections are told. */
  public static Batches<ConnectionId, Parcel.Builder> toConnections(Vertx vertx) {
    return new Batches<>(
        vertx,
        new Kind<>(
            Addresses::ofConnection,
            connection -> new Parcel.Builder(),
            Parcel.Builder::build,
            LocalCodec.TO_CONNECTION,
            Parcel.Builder::isSecret,
            Parcel.Builder::wipe));
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
    turn.forEach(this::send);
  }

  private void send(K recipient, B batch) {
    try {
      String address = kind.address().apply(recipient);
      Object body = kind.body().apply(batch);
      if (kind.secret().test(batch)) {
        // Rare: only of these it is to be known whether anybody is there.
        bus.sender(address, kind.options()).write(body).onFailure(e -> kind.wipe().accept(batch));
      } else {
        bus.send(address, body, kind.options());
      }
    } catch (RuntimeException e) { // Those behind it are for others.
      LOG.error("What was for one recipient is lost: {}", Failures.describe(e));
      kind.wipe().accept(batch);
    }
  }
}
