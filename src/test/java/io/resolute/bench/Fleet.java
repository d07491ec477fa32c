package io.resolute.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Rooms on one server, and the load on them. */
final class Fleet implements AutoCloseable {
  private static final int OPENING = 32;
  private static final Duration OPENED = Duration.ofSeconds(60);

  // Until a server has closed thousands, whose descriptors are free for the next only then; behind
  // a fault nothing follows that would need them.
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final Duration CLOSING_AFTER_FAULT = Duration.ofMillis(50);

  // Longer than a server takes for one message too many, behind the last one.
  private static final int LINGER_MILLIS = 200;

  /**
   * What rooms there are.
   *
   * @param size bytes of a message's content
   */
  record Shape(int rooms, int members, Pattern pattern, int size) {}

  private final List<Traffic> lanes = new ArrayList<>();
  private final List<List<Conversation>> rooms = new ArrayList<>();
  private final AtomicReference<String> fault = new AtomicReference<>();

  private final LongAdder opened = new LongAdder();

  private Fleet() {}

  /**
   * Opens all rooms of a shape.
   *
   * @throws Fault if that does not succeed
   */
  static Fleet open(Target target, Shape shape, int threads, Watch watch) {
    Descriptors.suffice(target, (long) shape.rooms() * shape.members());
    Fleet fleet = new Fleet();
    try {
      for (int i = 0; i < threads; i++) {
        fleet.addLane(target, shape, i, threads);
      }
      fleet.awaitOpen(target, shape, watch);
      return fleet;
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private void addLane(Target target, Shape shape, int index, int threads) {
    Lane lane = new Lane(target.tls());
    Traffic traffic = new Traffic(lane, shape.size(), fault);
    lanes.add(traffic);
    rooms.add(new ArrayList<>());
    Queue<Conversation> closed = new ArrayDeque<>();
    for (int room = index; room < shape.rooms(); room += threads) {
      closed.add(new Conversation(traffic, room, shape.members(), shape.pattern()));
    }
    lane.run(
        () -> {
          for (int i = 0; i < OPENING; i++) {
            openNext(target, closed, rooms.get(index));
          }
        });
  }

  private void openNext(Target target, Queue<Conversation> closed, List<Conversation> here) {
    Conversation next = closed.poll();
    if (next == null || fault.get() != null) {
      return;
    }
    var unused =
        CompletableFuture.completedFuture(next)
            .thenCompose(room -> room.open(target.dialect(), target.uri()))
            .thenAccept(
                open -> {
                  here.add(open);
                  opened.increment();
                  openNext(target, closed, here);
                })
            .exceptionally(
                failure -> {
                  fault.compareAndSet(null, Reason.ofNone(target.uri(), failure));
                  return null;
                });
  }

  private void awaitOpen(Target target, Shape shape, Watch watch) {
    Runnable check =
        () -> {
          check();
          watch.show("opening rooms: " + opened + " of " + shape.rooms());
        };
    if (!watch.await(() -> opened.sum() == shape.rooms(), opened::sum, OPENED, check)) {
      throw new Fault(
          String.format(
              "%s has opened %s rooms, and no more for %d s",
              target.uri(), opened, OPENED.toSeconds()));
    }
    check();
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
  Measured run(Load load, @Nullable Meter server, Watch watch) {
    return run(load, server, watch, () -> {});
  }

  /**
   * As the other one, beside something else.
   *
   * @param also is run again and again, and throws {@link Fault} where the other is wrong
   */
  Measured run(Load load, @Nullable Meter server, Watch watch, Runnable also) {
    Runnable check =
        () -> {
          check();
          also.run();
        };
    List<CompletableFuture<?>> paces = new ArrayList<>();
    for (int i = 0; i < lanes.size(); i++) {
      paces.add(begin(load, i, watch.patience()));
    }
    follow("warming up", load.warmUp(), watch, check);
    Reading first = Reading.of(server, sum(Traffic::heard));
    lanes.forEach(lane -> lane.measureFrom(first.nanos()));
    follow("measuring", load.measured(), watch, check);
    Reading last = Reading.of(server, sum(Traffic::heard));
    lanes.forEach(lane -> lane.measureUntil(last.nanos()));
    drain(paces, watch, check);
    return Measured.between(first, last, latencies());
  }

  /** Returns how many messages have arrived since the beginning, each of which was right. */
  long checked() {
    return sum(Traffic::heard);
  }

  /**
   * Has every sender say something.
   *
   * @throws Fault if one of them has not, or not as it should
   */
  void rollCall(Watch watch) {
    run(new Load(1, 0, Duration.ZERO, Duration.ZERO), null, watch);
  }

  private CompletableFuture<?> begin(Load load, int index, Duration patience) {
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
                Pace pace = new Pace(System.nanoTime(), load.rate() / lanes.size());
                new OpenLoop(traffic, senders, pace, patience, ended).run();
              }
            });
    return ended;
  }

  private void follow(String phase, Duration duration, Watch watch, Runnable check) {
    watch.follow(phase, duration, "messages", () -> sum(Traffic::heard), check);
  }

  private void drain(List<CompletableFuture<?>> paces, Watch watch, Runnable check) {
    for (Traffic traffic : lanes) {
      traffic.lane().run(traffic::end);
    }
    BooleanSupplier all =
        () -> paces.stream().allMatch(CompletableFuture::isDone) && sum(Traffic::awaited) == 0;
    if (!watch.await(all, () -> sum(Traffic::heard), check)) {
      throw new Fault(
          String.format(
              "%d messages were lost, or are more than %.0f s late",
              sum(Traffic::awaited), watch.patience().toMillis() / 1e3));
    }
    Watch.pause(LINGER_MILLIS);
    check.run();
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

  @Override
  public void close() {
    for (int i = 0; i < lanes.size(); i++) {
      List<Conversation> here = rooms.get(i);
      lanes.get(i).lane().run(() -> here.forEach(Conversation::close));
    }
    Watch.pauseUntil(
        () -> lanes.stream().allMatch(traffic -> traffic.lane().open() == 0),
        fault.get() == null ? CLOSING : CLOSING_AFTER_FAULT);
    lanes.forEach(traffic -> traffic.lane().close());
  }
}
