package io.resolute.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Connections that do nothing. */
@Command(
    name = "idle",
    description = "Connections in rooms that do nothing: what memory one of them takes.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class IdleCommand implements Runnable {
  @Mixin private Setup setup;

  @Option(names = "--connections", description = "how many", defaultValue = "5000")
  private int connections;

  @Option(names = "--members", description = "members of each room", defaultValue = "2")
  private int members;

  @Option(names = "--threads", description = "threads of the bench", defaultValue = "1")
  private int threads;

  @Override
  public void run() {
    Report report =
        new Report("idle").option("connections", connections).option("members", members);
    Progress progress = setup.progress();
    try (Servers.Started server = setup.server()) {
      measure(server.target(), connections, members, threads, progress, report);
    }
    progress.done();
    setup.conclude(report);
  }

  /** Measures one server, and returns the bytes of resident memory a connection. */
  static double measure(
      Target target, int connections, int members, int threads, Progress progress, Report report) {
    Meter meter = target.meter();
    if (meter == null) {
      throw new Fault("memory is that of a process: --pid says which");
    }
    // What every server has once for all of them is not theirs.
    warmUp(target, members, threads, progress);
    long emptyHeap = meter.liveHeap().orElse(0);
    long empty = meter.resident();
    Fleet.Shape shape =
        new Fleet.Shape(connections / members, members, Pattern.ONE, Content.SHORTEST);
    try (Fleet fleet = Fleet.open(target, shape, threads, progress)) {
      Storm.pause(2000);
      long atOnce = meter.resident();
      var heap = meter.liveHeap();
      long settled = meter.resident();
      int opened = shape.rooms() * members;
      double each = (settled - empty) / (double) opened;
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
              row.figure("the same before a collection", (atOnce - empty) / Report.KIB / opened)
                  .figure("live heap KiB a connection", (bytes - emptyHeap) / Report.KIB / opened));
      fleet.check();
      return each;
    }
  }

  private static void warmUp(Target target, int members, int threads, Progress progress) {
    Fleet.Shape few = new Fleet.Shape(50, members, Pattern.ONE, Content.SHORTEST);
    Fleet.open(target, few, threads, progress).close();
    Storm.pause(1000);
  }
}
