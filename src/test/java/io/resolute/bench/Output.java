package io.resolute.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every run that say where the outcome goes, and what is said until then. */
final class Output {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--json", description = "write the outcome to this file, as JSON")
  private @Nullable Path json;

  @Option(names = "--quiet", description = "say nothing but the outcome")
  private boolean quiet;

  @Option(
      names = "--patience",
      description = "seconds after which what has not arrived is lost",
      defaultValue = "20")
  private Duration patience;

  Watch watch() {
    return new Watch(command.commandLine().getErr(), quiet, patience);
  }

  /** Prints the outcome, and writes it where that was asked for. */
  void conclude(Report report) {
    PrintWriter out = command.commandLine().getOut();
    out.print(report.table());
    out.flush();
    if (json != null) {
      report.write(json);
    }
  }
}
