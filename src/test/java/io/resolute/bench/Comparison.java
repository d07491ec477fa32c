package io.resolute.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Servers that take turns under the same load, so that what else the machine does hits all. */
final class Comparison {
  private static final Duration BREATH = Duration.ofSeconds(1);

  // A connection that comes and goes meets far more code than a message does.
  private static final int STORM_WARM_UPS = 4;

  /**
   * How the turns go.
   *
   * @param warmUp once for each server and load, before the first turn
   */
  record Turns(int rounds, Duration warmUp, Duration measured) {}

  private final Turns turns;
  private final Watch watch;
  private final Report report = new Report("compare");

  // What a message costs the bare relay where many are under way; none as long as that is not
  // known.
  private List<Measured> floor = List.of();

  Comparison(Turns turns, Watch watch) {
    this.turns = turns;
    this.watch = watch;
    report
        .option("rounds", turns.rounds())
        .option("seconds of warm-up", turns.warmUp().toMillis() / 1e3)
        .option("seconds a turn", turns.measured().toMillis() / 1e3);
  }

  /** Returns what was compared so far. */
  Report report() {
    return report;
  }

  void say(String what) {
    watch.say(what);
  }

  /** Returns how long a server gets going again before it is measured: no longer than that is. */
  private Duration breath() {
    return turns.measured().compareTo(BREATH) < 0 ? turns.measured() : BREATH;
  }

  /** Compares a closed loop, and returns the deliveries a second of the first of the servers. */
  double relay(String name, List<Target> targets, Fleet.Shape shape, int window) {
    return turns(
        name,
        targets,
        shape,
        new Fleet.Load(window, 0, turns.warmUp(), breath()),
        new Fleet.Load(window, 0, breath(), turns.measured()));
  }

  /** Compares an open loop. */
  void atRate(String name, List<Target> targets, Fleet.Shape shape, double rate) {
    turns(
        String.format(Locale.ROOT, "%s: %,.0f a second", name, rate),
        targets,
        shape,
        new Fleet.Load(0, rate, turns.warmUp(), breath()),
        new Fleet.Load(0, rate, breath(), turns.measured()));
  }

  private double turns(
      String name, List<Target> targets, Fleet.Shape shape, Fleet.Load warm, Fleet.Load load) {
    Map<Target, Fleet> fleets = new LinkedHashMap<>();
    try {
      for (Target target : targets) {
        say(name + ": warming up " + target.name());
        Fleet fleet = Fleet.open(target, shape, 1, watch);
        fleets.put(target, fleet);
        fleet.run(warm, target.meter(), watch);
      }
      Map<Target, List<Measured>> seen =
          takeTurns(
              name,
              targets,
              target -> fleets.get(target).run(load, target.meter(), watch),
              Comparison::words,
              soFar -> {
                List<Measured> bare = base(soFar);
                if (load.window() > 1 && !bare.isEmpty()) {
                  floor = bare;
                }
                // The bare relay has no rooms of many: a delivery in them is beside one of two.
                List<Measured> base = shape.members() == 2 ? bare : floor;
                soFar.forEach((target, measured) -> row(name, target, measured, base));
              });
      return Median.of(seen.get(targets.get(0)), Measured::rate);
    } finally {
      fleets.values().forEach(Fleet::close);
    }
  }

  /**
   * Compares a closed loop of connections that are open in their server's turn alone: so that there
   * may be as many as a process has descriptors for.
   */
  void relayAlone(String name, List<Target> targets, Fleet.Shape shape, int window) {
    Fleet.Load warm = new Fleet.Load(window, 0, turns.warmUp(), breath());
    Fleet.Load load = new Fleet.Load(window, 0, breath(), turns.measured());
    for (Target target : targets) {
      say(name + ": warming up " + target.name());
      runAlone(target, shape, warm);
    }
    takeTurns(
        name,
        targets,
        target -> runAlone(target, shape, load),
        Comparison::words,
        seen -> seen.forEach((target, measured) -> row(name, target, measured, base(seen))));
  }

  private Measured runAlone(Target target, Fleet.Shape shape, Fleet.Load load) {
    try (Fleet fleet = Fleet.open(target, shape, 1, watch)) {
      return fleet.run(load, target.meter(), watch);
    }
  }

  private static String words(Measured measured) {
    return String.format(
        Locale.ROOT,
        "%.1f µs a message, %,.0f a second, p99 %.2f ms",
        measured.cpuMicros(),
        measured.rate(),
        measured.latencyMillis(99));
  }

  /**
   * Lets each of the targets have its turn in each round, every round beginning with another one.
   *
   * @param turn measures one of them
   * @param words for people who wait
   * @param rows takes what was measured of each that had a turn, also where one of them fails
   * @return the same, in the order of {@code targets}
   */
  private <M> Map<Target, List<M>> takeTurns(
      String name,
      List<Target> targets,
      Function<Target, M> turn,
      Function<M, String> words,
      Consumer<Map<Target, List<M>>> rows) {
    Map<Target, List<M>> seen = new LinkedHashMap<>();
    targets.forEach(target -> seen.put(target, new ArrayList<>()));
    try {
      for (int i = 0; i < turns.rounds(); i++) {
        List<Target> order = new ArrayList<>(targets);
        Collections.rotate(order, i);
        for (Target target : order) {
          M measured = turn.apply(target);
          seen.get(target).add(measured);
          say(name + ", round " + (i + 1) + ": " + target.name() + ", " + words.apply(measured));
        }
      }
    } finally {
      seen.values().removeIf(List::isEmpty);
      rows.accept(seen);
    }
    return seen;
  }

  private static List<Measured> base(Map<Target, List<Measured>> seen) {
    return seen.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(Servers.BARE))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(List.of());
  }

  private void row(String name, Target target, List<Measured> seen, List<Measured> base) {
    double cpu = Median.of(seen, Measured::cpuMicros);
    double p99 = Median.of(seen, one -> one.latencyMillis(99));
    report
        .row()
        .text("load", name)
        .text("server", target.name())
        .count("turns", seen.size())
        .figure("CPU µs a message", cpu)
        .figure("least", Median.least(seen, Measured::cpuMicros))
        .figure("most", Median.most(seen, Measured::cpuMicros))
        .figure("to bare Netty", cpu / Median.of(base, Measured::cpuMicros))
        .count("a second", Math.round(Median.of(seen, Measured::rate)))
        .figure("p50 ms", Median.of(seen, one -> one.latencyMillis(50)))
        .figure("p99 ms", p99)
        .figure("p99 to bare Netty", p99 / Median.of(base, one -> one.latencyMillis(99)))
        .figure("server busy", Median.of(seen, Measured::serverBusy))
        .figure("bench busy", Median.of(seen, Measured::benchBusy))
        .resident(target.meter());
  }

  /** Compares what idle connections in pairs take, once on servers that have done nothing else. */
  void idle(int connections, List<Supplier<Servers.Started>> servers) {
    for (Supplier<Servers.Started> server : servers) {
      try (Servers.Started started = server.get()) {
        say("idle: " + started.target().name());
        IdleCommand.Resident each =
            IdleCommand.measure(started.target(), connections, 2, 1, watch, new Report("idle"));
        report
            .row()
            .text("load", String.format(Locale.ROOT, "%,d idle connections, once", connections))
            .text("server", started.target().name())
            .figure("RSS KiB a connection", each.settled() / Report.KIB)
            .figure("RSS KiB a connection before a collection", each.atOnce() / Report.KIB);
      }
    }
  }

  /** Compares storms. */
  void storm(List<Target> targets, int pairs, int size) {
    Map<Target, Storm> storms = new LinkedHashMap<>();
    try {
      for (Target target : targets) {
        say("storm: warming up " + target.name());
        Storm storm = new Storm(target, size);
        storms.put(target, storm);
        Duration warmUp = turns.warmUp().multipliedBy(STORM_WARM_UPS);
        StormCommand.measure(storm, target.meter(), pairs, warmUp, breath(), watch);
      }
      takeTurns(
          "storm",
          targets,
          target ->
              StormCommand.measure(
                  storms.get(target), target.meter(), pairs, breath(), turns.measured(), watch),
          outcome -> String.format(Locale.ROOT, "%.2f ms a connection", cpuMillis(outcome)),
          seen -> seen.forEach(this::stormRow));
    } finally {
      storms.values().forEach(Storm::close);
    }
  }

  private void stormRow(Target target, List<Measured> outcomes) {
    report
        .row()
        .text("load", "storm")
        .text("server", target.name())
        .count("turns", outcomes.size())
        .figure("CPU ms a connection", Median.of(outcomes, Comparison::cpuMillis))
        .figure("least ms", Median.least(outcomes, Comparison::cpuMillis))
        .figure("most ms", Median.most(outcomes, Comparison::cpuMillis))
        .figure("server busy", Median.of(outcomes, Measured::serverBusy))
        .figure("bench busy", Median.of(outcomes, Measured::benchBusy))
        .resident(target.meter());
  }

  private static double cpuMillis(Measured outcome) {
    return outcome.cpuMicros() / 1e3;
  }
}
