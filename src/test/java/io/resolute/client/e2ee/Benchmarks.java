package io.resolute.client.e2ee;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks with the options of JMH, and prints the table of docs/performance.md. */
public final class Benchmarks {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private Benchmarks() {}

  /** Takes the options of JMH; {@code -h} lists them. */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    CommandLineOptions given = new CommandLineOptions(args);
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().parent(given).addProfiler(GCProfiler.class).build()).run();
    print(results, System.out);
  }

  private static void print(Collection<RunResult> results, PrintStream out) {
    out.println();
    out.println("| operation | operations a second | ± (99.9 %) | bytes allocated |");
    out.println("|---|---:|---:|---:|");
    for (RunResult result : results) {
      Result<?> speed = result.getPrimaryResult();
      Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
      out.printf(
          Locale.ROOT,
          "| %s | %,.1f | %,.1f | %,.0f |%n",
          speed.getLabel(),
          speed.getScore(),
          speed.getScoreError(),
          allocated == null ? Double.NaN : allocated.getScore());
    }
  }
}
