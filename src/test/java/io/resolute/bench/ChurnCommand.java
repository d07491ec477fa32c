package io.resolute.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pairs that come and go while others talk. */
@Command(
    name = "churn",
    description = {
      "A storm of pairs while other rooms talk: what memory the server holds after each round."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ChurnCommand implements Runnable {
  @Mixin private Setup setup;
  @Mixin private Talk talk;

  @Option(names = "--members", description = "members of each room", defaultValue = "2")
  private int members;

  @Option(names = "--pairs", description = "how many at once", defaultValue = "8")
  private int pairs;

  @Option(names = "--rounds", description = "how many", defaultValue = "5")
  private int rounds;

  @Override
  public void run() {
    Fleet.Shape shape = talk.shape(members, Pattern.ONE);
    Report report = new Report("churn").option("rooms", shape.rooms()).option("pairs", pairs);
    Progress progress = setup.progress();
    try (Servers.Started server = setup.server();
        Fleet fleet = Fleet.open(server.target(), shape, 1, progress);
        Storm storm = new Storm(server.target(), shape.size())) {
      Meter meter = server.target().meter();
      for (int i = 1; i <= rounds; i++) {
        long before = storm.connections();
        storm.begin(pairs);
        Measured measured = fleet.run(talk.load(), meter, progress);
        storm.end();
        Report.Row row =
            report
                .row()
                .count("round", i)
                .count("came and went", storm.connections() - before)
                .measured(measured);
        if (meter != null) {
          meter.liveHeap().ifPresent(heap -> row.figure("live heap MiB", heap / Report.MIB));
          row.figure("RSS MiB", meter.resident() / Report.MIB);
        }
      }
    }
    progress.done();
    setup.conclude(report);
  }
}
