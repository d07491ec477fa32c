package io.resolute.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Rooms on one server, and the load on them. */
final class Fleet implements AutoCloseable {
  private static final int OPENING = 32;
  private static final Duration LATE = Duration.ofSeconds(20);
  private static final int POLL_MILLIS = 50;
  private static final int CLOSE_MILLIS = 200;

  /**
   * What rooms there are.
   *
   * @param size bytes of a message's content
   */
  record Shape(int rooms, int members, Pattern pattern, int size) {}

  private final List<Traffic> lanes = new ArrayList<>();
  private final List<List<Conversation>> rooms = new ArrayList<>();
  private final AtomicReference<String> fault = new AtomicReference<>();

  private Fleet() {}

  /**
   * Opens all rooms of a shape.
   *
   * @throws Fault if that does not succeed
   */
  static Fleet open(Target target, Shape shape, int threads, Progress progress) {
    Fleet fleet = new Fleet();
    List<CompletableFuture<?>> opening = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Lane lane = new Lane(target.tls());
      Traffic traffic = new Traffic(lane, shape.size(), fleet.fault);
      fleet.lanes.add(traffic);
      List<Conversation> here = new ArrayList<>();
      fleet.rooms.add(here);
      Queue<Conversation> closed = new ConcurrentLinkedQueue<>();
      for (int room = i; room < shape.rooms(); room += threads) {
        closed.add(new Conversation(traffic, room, shape.members(), shape.pattern()));
      }
      for (int j = 0; j < OPENING; j++) {
        opening.add(
            CompletableFuture.completedFuture(null)
                .thenComposeAsync(go -> openNext(target, closed, here), lane.loop()));
      }
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(opening.toArray(new CompletableFuture<?>[0]));
    try {
      while (!all.isDone()) {
        fleet.sleep(POLL_MILLIS);
        progress.show(
            "opening rooms: "
                + fleet.rooms.stream().mapToInt(List::size).sum()
                + " of "
                + shape.rooms());
      }
      all.join();
    } catch (CompletionException e) {
      fleet.close();
      throw new Fault("a room could not be opened: " + e.getCause(), e);
    }
    return fleet;
  }

  private static CompletableFuture<?> openNext(
      Target target, Queue<Conversation> closed, List<Conversation> here) {
    Conversation next = closed.poll();
    if (next == null) {
      return CompletableFuture.completedFuture(null);
    }
    return next.open(target.dialect(), target.uri())
        .thenCompose(
            open -> {
              here.add(open);
              return openNext(target, closed, here);
            });
  }

  /**
   * What a run is to be.
   *
   * @param window how many messages each sender has under way; 0 for a rate
   * @param rate messages a second, of all senders together; 0 for a window
   */
  record Load(int window, double rate, Duration warmUp, Duration measured) {}

  /**
   * Puts load on all rooms, and returns what was measured after the warm-up.
   *
   * @param server whose consumption is measured; null for none
   * @throws Fault if one message was not as it should be
   */
  Measured run(Load load, @Nullable Meter server, Progress progress) {
    List<CompletableFuture<?>> paces = new ArrayList<>();
    for (int i = 0; i < lanes.size(); i++) {
      paces.add(begin(load, i));
    }
    follow("warming up", load.warmUp(), progress);
    Reading first = Reading.of(server, sum(Traffic::sent), sum(Traffic::heard));
    lanes.forEach(lane -> lane.measureFrom(first.nanos()));
    follow("measuring", load.measured(), progress);
    Reading last = Reading.of(server, sum(Traffic::sent), sum(Traffic::heard));
    lanes.forEach(lane -> lane.measureUntil(last.nanos()));
    drain();
    paces.forEach(CompletableFuture::join);
    return Measured.between(first, last, latencies());
  }

  private CompletableFuture<?> begin(Load load, int index) {
    Traffic traffic = lanes.get(index);
    List<Conversation.Member> senders = new ArrayList<>();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    traffic
        .lane()
        .run(
            () -> {
              rooms.get(index).forEach(room -> senders.addAll(room.senders()));
              traffic.begin(load.window());
              if (load.window() > 0) {
                senders.forEach(Conversation.Member::fillWindow);
                traffic.lane().flush();
                ended.complete(null);
              } else {
                new Pace(traffic, senders, load.rate() / lanes.size(), ended).start();
              }
            });
    return ended;
  }

  private void follow(String phase, Duration duration, Progress progress) {
    long begin = System.nanoTime();
    long heard = sum(Traffic::heard);
    while (System.nanoTime() - begin < duration.toNanos()) {
      sleep(POLL_MILLIS);
      check();
      double seconds = (System.nanoTime() - begin) / 1e9;
      progress.show(
          String.format(
              "%s: %.0f of %d s, %,.0f messages a second",
              phase, seconds, duration.toSeconds(), (sum(Traffic::heard) - heard) / seconds));
    }
  }

  private void drain() {
    for (Traffic traffic : lanes) {
      traffic.lane().run(traffic::end);
    }
    long begin = System.nanoTime();
    while (sum(Traffic::awaited) > 0) {
      check();
      if (System.nanoTime() - begin > LATE.toNanos()) {
        throw new Fault(
            sum(Traffic::awaited) + " messages have not arrived " + LATE.toSeconds() + " s late");
      }
      sleep(POLL_MILLIS);
    }
    check();
  }

  /**
   * @throws Fault if one message was not as it should be
   */
  void check() {
    if (fault.get() != null) {
      throw new Fault(fault.get());
    }
  }

  private Histogram latencies() {
    Histogram all = Traffic.histogram();
    for (Traffic traffic : lanes) {
      traffic.lane().run(() -> all.add(traffic.latencies()));
    }
    return all;
  }

  private long sum(ToLongFunction<Traffic> counter) {
    return lanes.stream().mapToLong(counter).sum();
  }

  private void sleep(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new Fault("interrupted", e);
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < lanes.size(); i++) {
      List<Conversation> here = rooms.get(i);
      lanes.get(i).lane().run(() -> here.forEach(Conversation::close));
    }
    sleep(CLOSE_MILLIS);
    lanes.forEach(traffic -> traffic.lane().close());
  }
}
