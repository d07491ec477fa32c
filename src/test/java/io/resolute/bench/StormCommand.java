package io.resolute.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Pairs that come and go. */
@Command(
    name = "storm",
    description = {
      "Pairs that come and go: connect, TLS, room, key, join, a message each way, close."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class StormCommand implements Runnable {
  @Spec private CommandSpec command;
  @Mixin private Setup setup;
  @Mixin private Output output;

  @Option(names = "--pairs", description = "how many at once", defaultValue = "8")
  private int pairs;

  @Option(names = "--size", description = "bytes of a message's content", defaultValue = "400")
  private int size;

  @Option(names = "--seconds", description = "how long to measure", defaultValue = "10")
  private Duration measured;

  @Option(names = "--warm-up", description = "seconds before that", defaultValue = "60")
  private Duration warmUp;

  @Override
  public void run() {
    Bench.require(command, pairs > 0, "--pairs is 1 or more");
    Bench.require(command, !measured.isZero(), "--seconds is above 0");
    Bench.requireSize(command, size);
    Report report =
        new Report("storm")
            .option("pairs", pairs)
            .option("size", size)
            .option("seconds", measured.toMillis() / 1e3)
            .option("seconds of warm-up", warmUp.toMillis() / 1e3);
    Watch watch = output.watch();
    try (Servers.Started server = setup.server();
        Storm storm = new Storm(server.target(), size)) {
      Measured outcome = measure(storm, server.target().meter(), pairs, warmUp, measured, watch);
      report
          .row()
          .text("server", server.target().name())
          .count("checked", storm.checked())
          .count("connections", outcome.heard())
          .figure("connections a second", outcome.rate())
          .figure("CPU ms a connection", outcome.cpuMicros() / 1e3)
          .figure("a pair, p50 ms", outcome.latencyMillis(50))
          .figure("a pair, p99 ms", outcome.latencyMillis(99))
          .figure("server busy", outcome.serverBusy())
          .figure("bench busy", outcome.benchBusy())
          .memory(server.target().meter());
    }
    watch.done();
    output.conclude(report);
  }

  /**
   * Lets a storm blow, and looks at it after the warm-up.
   *
   * @return what it has cost: what is heard are connections, and a latency is how long a pair was
   *     there
   */
  static Measured measure(
      Storm storm,
      @Nullable Meter meter,
      int pairs,
      Duration warmUp,
      Duration measured,
      Watch watch) {
    storm.begin(pairs);
    storm.follow("warming up", warmUp, watch);
    storm.latencies();
    Reading first = Reading.of(meter, storm.connections());
    storm.follow("measuring", measured, watch);
    Reading last = Reading.of(meter, storm.connections());
    Histogram latencies = storm.latencies();
    storm.end(watch);
    return Measured.between(first, last, latencies);
  }
}
