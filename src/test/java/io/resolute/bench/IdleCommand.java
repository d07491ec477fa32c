package io.resolute.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Connections that do nothing. */
@Command(
    name = "idle",
    description = "Connections in rooms that do nothing: what memory one of them takes.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class IdleCommand implements Runnable {
  private static final int WARM_UP_PAIRS = 50;
  private static final int SETTLE_MILLIS = 1000;

  private static final String NO_METER =
      Meter.works()
          ? "what memory a connection takes is asked of a process: --pid says of which"
          : "what memory a connection takes is asked of Linux, which has /proc";

  @Spec private CommandSpec command;
  @Mixin private Setup setup;
  @Mixin private Output output;

  @Option(names = "--connections", description = "how many", defaultValue = "5000")
  private int connections;

  @Option(names = "--members", description = "members of each room", defaultValue = "2")
  private int members;

  @Option(names = "--threads", description = "threads of the bench", defaultValue = "1")
  private int threads;

  @Override
  public void run() {
    Bench.requireMembers(command, members);
    Bench.require(command, connections >= members, "--connections is --members or more");
    Bench.require(
        command,
        threads > 0 && threads <= Math.min(WARM_UP_PAIRS, connections / members),
        "--threads is 1 or more, and not above the number of rooms nor " + WARM_UP_PAIRS);
    Report report =
        new Report("idle").option("connections", connections).option("members", members);
    Watch watch = output.watch();
    try (Servers.Started server = setup.server()) {
      Bench.require(command, server.target().meter() != null, NO_METER);
      measure(server.target(), connections, members, threads, watch, report);
    }
    watch.done();
    output.conclude(report);
  }

  /**
   * Bytes of resident memory that came with a connection.
   *
   * @param settled after a full collection, which moves objects; the same as {@code atOnce} of a
   *     server that is not asked for one
   */
  record Resident(double atOnce, double settled) {}

  /** Measures one server. */
  static Resident measure(
      Target target, int connections, int members, int threads, Watch watch, Report report) {
    Meter meter = target.meter();
    if (meter == null) {
      throw new Fault(NO_METER);
    }
    // What every server has once for all of them is not theirs.
    warmUp(target, threads, watch);
    long emptyHeap = meter.liveHeap().orElse(0);
    long empty = meter.resident();
    Fleet.Shape shape = shape(connections / members, members);
    try (Fleet fleet = Fleet.open(target, shape, threads, watch)) {
      Watch.pause(SETTLE_MILLIS);
      long atOnce = meter.resident();
      var heap = meter.liveHeap();
      long settled = meter.resident();
      int opened = shape.rooms() * members;
      double each = (settled - empty) / (double) opened;
      double before = (atOnce - empty) / (double) opened;
      Report.Row row =
          report
              .row()
              .text("server", target.name())
              .count("connections", opened)
              .figure("RSS MiB before", empty / Report.MIB)
              .figure("RSS MiB", settled / Report.MIB)
              .figure("RSS KiB a connection", each / Report.KIB);
      heap.ifPresent(
          bytes ->
              row.figure("RSS KiB a connection before a collection", before / Report.KIB)
                  .figure("live heap KiB a connection", (bytes - emptyHeap) / Report.KIB / opened));
      fleet.rollCall(watch);
      row.count("checked", fleet.checked());
      return new Resident(before, each);
    }
  }

  /**
   * A few connections, however large the rooms are to be: what they leave behind is not counted.
   */
  private static void warmUp(Target target, int threads, Watch watch) {
    try (Fleet few = Fleet.open(target, shape(WARM_UP_PAIRS, 2), threads, watch)) {
      few.rollCall(watch);
    }
    Watch.pause(SETTLE_MILLIS);
  }

  private static Fleet.Shape shape(int rooms, int members) {
    return new Fleet.Shape(rooms, members, Pattern.ONE, Content.SHORTEST);
  }
}
