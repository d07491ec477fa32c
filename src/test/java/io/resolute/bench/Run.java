package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * A run of the bench in this process.
 *
 * @param out what it has said on standard output
 * @param err what it has said on standard error
 */
record Run(int status, String out, String err) {
  /** Runs it to its end; standard error can be read meanwhile. */
  static Run of(StringWriter err, List<String> arguments) {
    StringWriter out = new StringWriter();
    int status =
        Bench.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(new String[0]));
    return new Run(status, out.toString(), err.toString());
  }

  /** Runs it to its end. */
  static Run of(String... arguments) {
    return of(new StringWriter(), List.of(arguments));
  }

  /** Returns the line that says what is wrong: the last one, after nothing but progress. */
  String complaint() {
    assertThat(out).isEmpty();
    List<String> lines = err.lines().toList();
    assertThat(lines).filteredOn(line -> line.startsWith("bench: ")).hasSize(1);
    return lines.get(lines.size() - 1);
  }
}
