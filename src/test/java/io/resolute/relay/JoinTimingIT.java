package io.resolute.relay;

import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.PING;
import static io.resolute.testing.FrameSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.bus.KeyCommand;
import io.resolute.protocol.RoomId;
import io.resolute.testing.FrameSocket;
import io.resolute.testing.PairedTimes;
import io.resolute.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long a refused join takes does not tell why it was refused. One connection asks, one request
 * after the other: rounds in which each of the joins has one turn, in a new random order. Each kind
 * of join is compared with that for a room that does not exist, round by round. An id or key of the
 * wrong form takes longer, since another is drawn for it, which tells nobody anything but what it
 * has sent; but whether there is a room for such a key must not show either.
 *
 * <p>The rooms share one event loop: otherwise the time tells which loop serves an id, which the id
 * itself tells too.
 */
@Tag("timing")
class JoinTimingIT {
  private static final int ROUNDS = Integer.getInteger("timing.rounds", 4000);
  private static final int WARM_UP = 1000;
  // A seat is kept, a set is looked into: well below what a network lets through.
  private static final double TOLERATED_NANOS = 500;
  // 16 comparisons on two sides: together they raise a false alarm once in 1000 runs at most.
  private static final double LIMIT = 4;
  // What is found in nine of ten runs is to be no longer than this: else the machine is too busy.
  private static final double COARSEST_NANOS = 20_000;
  private static final String CONFIG = RefusedJoins.CONFIG + ",'instances':{'gateway':1,'rooms':1}";
  private static final String NO_ROOM = "no room";
  private static final String ILL_FORMED_KEY = "an ill-formed key";

  private final Random random = new Random();

  @Test
  void howLongARefusedJoinTakesDoesNotTellWhyItIsRefused() throws IOException {
    try (TestServer server = TestServer.start(CONFIG);
        RefusedJoins joins = new RefusedJoins(server)) {
      Map<String, PairedTimes> all = new LinkedHashMap<>();
      compare(measure(server, joins.oneTime()), "one-time, ", all);
      compare(measure(server, joins.forever()), "forever, ", all);
      PairedTimes widest =
          Collections.max(all.values(), Comparator.comparingDouble(PairedTimes::spread));
      double coarsest = widest.smallestFound(TOLERATED_NANOS, LIMIT, random);
      all.forEach(
          (wrong, times) ->
              report("%s: %.0f ns, %.1f deviations", wrong, times.median(), times.deviations()));
      report("found beyond %.1f µs in nine of ten runs", coarsest / 1000);
      assertThat(coarsest).isLessThan(COARSEST_NANOS);
      assertThat(all).hasSize(16);
      all.forEach(
          (wrong, times) ->
              assertThat(times.deviationsBeyond(TOLERATED_NANOS)).as(wrong).isLessThan(LIMIT));
    }
  }

  private static void compare(
      Map<String, long[]> times, String kind, Map<String, PairedTimes> all) {
    for (String wrong : times.keySet()) {
      if (wrong.equals(ILL_FORMED_KEY)) {
        long[] ofNoRoom = times.get(ILL_FORMED_KEY + " of no room");
        all.put(kind + wrong, new PairedTimes(ofNoRoom, times.get(wrong)));
      } else if (!wrong.equals(NO_ROOM) && !wrong.contains("ill-formed")) {
        all.put(kind + wrong, new PairedTimes(times.get(NO_ROOM), times.get(wrong)));
      }
    }
  }

  @Test
  void aDelayForARoomThatExistsIsFound() throws IOException {
    try (TestServer server = TestServer.start(CONFIG);
        RefusedJoins joins = new RefusedJoins(server)) {
      AtomicLong delay = new AtomicLong();
      delayKeysOf(new RoomId(joins.open().id()), server, delay);
      PairedTimes honest = compareOne(server, joins);
      report(
          "with nothing planted: %.0f ns, %.1f deviations beyond what is tolerated",
          honest.median(), honest.deviationsBeyond(TOLERATED_NANOS));
      assertThat(honest.deviationsBeyond(TOLERATED_NANOS)).isLessThan(LIMIT);
      double smallest = honest.smallestFound(TOLERATED_NANOS, LIMIT, random);
      delay.set(Math.round(1.5 * smallest));
      PairedTimes late = compareOne(server, joins);
      double deviations = late.deviationsBeyond(TOLERATED_NANOS);
      report(
          "planted %.1f µs, seen as %.1f µs, %.1f deviations beyond what is tolerated",
          delay.get() / 1e3, late.median() / 1000, deviations);
      assertThat(deviations).isGreaterThan(LIMIT);
    }
  }

  /** What a keeper of keys would do that works longer for a room that it knows. */
  private static void delayKeysOf(RoomId room, TestServer server, AtomicLong delay) {
    server
        .vertx()
        .eventBus()
        .addInboundInterceptor(
            context -> {
              // While nothing is planted, comparing rooms would be a difference too.
              if (delay.get() > 0
                  && context.body() instanceof KeyCommand.Redeem redeem
                  && redeem.room().equals(room)) {
                long end = System.nanoTime() + delay.get();
                while (System.nanoTime() - end < 0) {
                  Thread.onSpinWait();
                }
              }
              context.next();
            });
  }

  /** Compares a join with one to no room in the rounds that the other test measures in. */
  private PairedTimes compareOne(TestServer server, RefusedJoins joins) throws IOException {
    Map<String, long[]> times = measure(server, joins.forever());
    return new PairedTimes(times.get(NO_ROOM), times.get("a wrong key"));
  }

  /** Returns how long each join took in each round, in nanoseconds. */
  private Map<String, long[]> measure(TestServer server, Map<String, String> joins)
      throws IOException {
    Map<String, long[]> times = new LinkedHashMap<>();
    joins.keySet().forEach(name -> times.put(name, new long[ROUNDS]));
    List<String> order = new ArrayList<>(joins.keySet());
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        Collections.shuffle(order, random);
        for (String name : order) {
          byte[] frame = joins.get(name).getBytes(StandardCharsets.UTF_8);
          long start = System.nanoTime();
          int opcode = socket.frame(FIN | TEXT, frame).read().opcode();
          while (opcode == PING) { // On a machine that is busy.
            opcode = socket.read().opcode();
          }
          long end = System.nanoTime();
          assertThat(opcode).isEqualTo(TEXT);
          if (round >= 0) {
            times.get(name)[round] = end - start;
          }
        }
      }
    }
    return times;
  }

  private static void report(String format, Object... values) {
    System.out.printf("Refused joins, %d rounds: " + format + "%n", prepend(ROUNDS, values));
  }

  private static Object[] prepend(Object first, Object... rest) {
    List<Object> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(rest));
    return all.toArray();
  }
}
