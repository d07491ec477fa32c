package io.resolute.bench;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every run that say where the outcome goes, and what is said until then. */
final class Output {
  /** Names the property with the directory that the bench was called in. */
  static final String DIRECTORY = "bench.directory";

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

  /**
   * Returns what says how far a run is.
   *
   * @throws picocli.CommandLine.ParameterException if its outcome could not be written
   */
  Watch watch() {
    if (json != null) {
      Path file = file();
      Bench.require(command, isWritable(file), "--json: " + file + " cannot be written");
    }
    return new Watch(command.commandLine().getErr(), quiet, patience);
  }

  /**
   * Does what makes a report, and concludes with as much of it as there is also where a fault, or
   * whoever waits, ends it before.
   */
  void concludeInAnyCase(Report report, Watch watch, Runnable making) {
    Thread interrupted = new Thread(() -> concludeIfAny(report, watch));
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      making.run();
    } finally {
      if (isTakenBack(interrupted)) {
        concludeIfAny(report, watch);
      }
    }
  }

  private void concludeIfAny(Report report, Watch watch) {
    watch.done();
    if (report.hasRows()) {
      conclude(report);
    }
  }

  /** Returns whether a hook will not run: not if the JVM is ending, which runs it. */
  private static boolean isTakenBack(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static boolean isWritable(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    return Files.exists(file)
        ? Files.isWritable(file) && !Files.isDirectory(file)
        : directory != null && Files.isWritable(directory);
  }

  private Path file() {
    return Path.of(System.getProperty(DIRECTORY, "")).resolve(json);
  }

  /** Prints the outcome, and writes it where that was asked for. */
  void conclude(Report report) {
    report
        .option("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
        .option("java", Runtime.version().toString());
    if (!command.commandLine().getParseResult().hasMatchedOption("--url")) {
      report.option("core of the servers", System.getProperty(Servers.CORE, "any"));
    }
    PrintWriter out = command.commandLine().getOut();
    out.print(report.table());
    out.flush();
    if (json != null) {
      report.write(file());
    }
  }
}
