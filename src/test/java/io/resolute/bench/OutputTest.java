package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class OutputTest {
  /** Comes half-way. */
  @Command
  static final class Half implements Runnable {
    @Mixin private Output output;

    @Override
    public void run() {
      Report report = new Report("half");
      output.concludeInAnyCase(
          report,
          output.watch(),
          () -> {
            report.row().text("server", "ours");
            throw new Fault("the other one is gone");
          });
    }
  }

  @Test
  void whatWasMeasuredBeforeAFaultIsPrinted() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new Half())
            .registerConverter(Duration.class, seconds -> Duration.parse("PT" + seconds + "S"))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute();
    assertThat(status).isNotZero();
    assertThat(out.toString()).contains("| ours |");
    assertThat(err.toString()).contains("the other one is gone");
  }
}
