package io.resolute.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of workloads whose rooms are there from beginning to end, and how these run. */
final class Talk {
  private static final double MOST = 1e9;
  private static final int MOST_ROOMS = 1 << 24;
  private static final int MOST_UNDER_WAY = 10_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--rooms", description = "how many rooms", defaultValue = "100")
  private int rooms;

  @Option(names = "--size", description = "bytes of a message's content", defaultValue = "400")
  private int size;

  @Option(
      names = "--window",
      description = "closed loop: messages that each sender has under way",
      defaultValue = "1")
  private int window;

  @Option(
      names = "--rate",
      description =
          "open loop instead: messages a second of all senders together, whose latency counts from"
              + " when each was to be sent")
  private @Nullable Double rate;

  @Option(names = "--seconds", description = "how long to measure", defaultValue = "10")
  private Duration measured;

  @Option(names = "--warm-up", description = "seconds before that", defaultValue = "10")
  private Duration warmUp;

  @Option(names = "--answered", description = "have the server answer each message to its sender")
  private boolean answered;

  @Option(names = "--threads", description = "threads of the bench", defaultValue = "1")
  private int threads;

  /** Returns the load that was asked for. */
  Fleet.Load load() {
    return rate == null
        ? new Fleet.Load(window, 0, warmUp, measured)
        : new Fleet.Load(0, rate, warmUp, measured);
  }

  /** Returns the rooms that were asked for, once all options are seen to be right. */
  Fleet.Shape shape(int members, Pattern pattern) {
    require(rooms > 0 && rooms <= MOST_ROOMS, "--rooms is 1 to " + MOST_ROOMS);
    Bench.requireMembers(command, members);
    Bench.requireSize(command, size);
    require(window > 0 && window <= MOST_UNDER_WAY, "--window is 1 to " + MOST_UNDER_WAY);
    require(
        rate == null || (rate > 0 && rate < MOST), "--rate is above 0 and below " + (long) MOST);
    require(
        rate == null || !command.commandLine().getParseResult().hasMatchedOption("--window"),
        "either --rate or --window, as there is no window at a rate");
    require(threads > 0 && threads <= rooms, "--threads is 1 or more, and not above --rooms");
    require(!measured.isZero(), "--seconds is above 0");
    return new Fleet.Shape(rooms, members, pattern, size);
  }

  private void require(boolean right, String otherwise) {
    Bench.require(command, right, otherwise);
  }

  /** Returns rooms of that shape at a server, with as many threads as were asked for. */
  Fleet open(Target target, Fleet.Shape shape, Watch watch) {
    Target spoken = answered ? target.speaking(new ResoluteDialect(true)) : target;
    return Fleet.open(spoken, shape, threads, watch);
  }

  /** Begins a report with the options. */
  Report report(String name, Fleet.Shape shape) {
    Report report =
        new Report(name)
            .option("rooms", shape.rooms())
            .option("members", shape.members())
            .option("to", shape.pattern())
            .option("size", shape.size())
            .option("seconds", measured.toMillis() / 1e3)
            .option("seconds of warm-up", warmUp.toMillis() / 1e3)
            .option("answered", answered)
            .option("threads", threads);
    return rate == null ? report.option("window", window) : report.option("rate", rate);
  }

  /** Runs the workload once, and prints the outcome. */
  void run(String name, Setup setup, Output output, int members, Pattern pattern) {
    Fleet.Shape shape = shape(members, pattern);
    Report report = report(name, shape);
    Watch watch = output.watch();
    try (Servers.Started server = setup.server();
        Fleet fleet = open(server.target(), shape, watch)) {
      Meter meter = server.target().meter();
      Measured outcome = fleet.run(load(), meter, watch);
      report
          .row()
          .text("server", server.target().name())
          .count("checked", fleet.checked())
          .measured(outcome)
          .memory(meter);
    }
    watch.done();
    output.conclude(report);
  }
}
