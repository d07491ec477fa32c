package io.resolute.bench;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code scripts/bench}. */
@Command(
    name = "scripts/bench",
    description = {
      "Drives a server of this protocol over WSS, checks every message, and says what it cost.",
      "Without --url it starts this project's server."
    },
    subcommands = {
      RelayCommand.class,
      FanInCommand.class,
      IdleCommand.class,
      StormCommand.class,
      ChurnCommand.class,
      CompareCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WORKLOAD",
    exitCodeOnInvalidInput = 2)
public final class Bench {
  private static final int WRONG = 1;

  private Bench() {}

  /** Runs a workload, and exits: 0 if every message was right, 1 if not, 2 for a wrong option. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new Bench())
        .registerConverter(Duration.class, Bench::seconds)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(
            (e, command, result) -> {
              if (!(e instanceof Fault)) {
                throw e;
              }
              command.getErr().println("\nbench: " + e.getMessage());
              return WRONG;
            })
        .execute(args);
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
  }
}
