package io.resolute.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Pairs that come and go while others talk. */
@Command(
    name = "churn",
    description = {
      "A storm of pairs while other rooms talk: what memory the server holds after each round."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ChurnCommand implements Runnable {
  @Spec private CommandSpec command;
  @Mixin private Setup setup;
  @Mixin private Output output;
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
    Bench.require(command, pairs > 0 && rounds > 0, "--pairs and --rounds are 1 or more");
    Report report = talk.report("churn", shape).option("pairs", pairs);
    Watch watch = output.watch();
    try (Servers.Started server = setup.server();
        Fleet fleet = talk.open(server.target(), shape, watch);
        Storm storm = new Storm(server.target(), shape.size())) {
      Meter meter = server.target().meter();
      for (int i = 1; i <= rounds; i++) {
        long before = storm.connections();
        storm.begin(pairs);
        Measured measured = fleet.run(talk.load(), meter, watch, storm::check);
        storm.end(watch);
        report
            .row()
            .text("server", server.target().name())
            .count("round", i)
            .count("came and went", storm.connections() - before)
            .count("checked", fleet.checked() + storm.checked())
            .measured(measured)
            .memory(meter);
      }
    }
    watch.done();
    output.conclude(report);
  }
}
