package io.resolute.bench;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of workloads whose rooms are there from beginning to end, and how these run. */
final class Talk {
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
  private double rate;

  @Option(names = "--seconds", description = "how long to measure", defaultValue = "10")
  private Duration measured;

  @Option(names = "--warm-up", description = "seconds before that", defaultValue = "10")
  private Duration warmUp;

  @Option(names = "--threads", description = "threads of the bench", defaultValue = "1")
  private int threads;

  Fleet.Load load() {
    return new Fleet.Load(rate > 0 ? 0 : window, rate, warmUp, measured);
  }

  Fleet.Shape shape(int members, Pattern pattern) {
    require(rooms > 0 && rooms < 1 << 24, "--rooms is 1 or more");
    require(members >= 2 && members < Content.ALL, "--members is 2 or more");
    require(
        size >= Content.SHORTEST && size <= Content.LONGEST,
        "--size is " + Content.SHORTEST + " to " + Content.LONGEST);
    require(window > 0 && rate >= 0 && threads > 0, "--window, --rate, --threads are above 0");
    require(!measured.isZero() && !measured.isNegative(), "--seconds is above 0");
    return new Fleet.Shape(rooms, members, pattern, size);
  }

  private void require(boolean right, String otherwise) {
    if (!right) {
      throw new ParameterException(command.commandLine(), otherwise);
    }
  }

  /** Runs the workload once, and prints the outcome. */
  void run(String name, Setup setup, int members, Pattern pattern) {
    Fleet.Shape shape = shape(members, pattern);
    Report report =
        new Report(name)
            .option("rooms", shape.rooms())
            .option("members", members)
            .option("to", pattern)
            .option("size", size)
            .option(rate > 0 ? "rate" : "window", rate > 0 ? (Number) rate : window)
            .option("seconds", measured.toMillis() / 1e3);
    Progress progress = setup.progress();
    try (Servers.Started server = setup.server();
        Fleet fleet = Fleet.open(server.target(), shape, threads, progress)) {
      Meter meter = server.target().meter();
      Measured outcome = fleet.run(load(), meter, progress);
      progress.done();
      Report.Row row = report.row().text("server", server.target().name()).measured(outcome);
      if (meter != null) {
        row.figure("RSS MiB", meter.resident() / Report.MIB);
        meter.liveHeap().ifPresent(heap -> row.figure("live heap MiB", heap / Report.MIB));
      }
    }
    setup.conclude(report);
  }
}
