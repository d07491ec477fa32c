package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private final Report report = new Report("relay").option("rooms", 7);
  private @TempDir Path directory;

  private JsonNode json() throws IOException {
    Path file = directory.resolve("out.json");
    report.write(file);
    return new JsonMapper().readTree(Files.readString(file));
  }

  @Test
  void tableHasARowUnderTheNamesOfItsFigures() {
    report.row().text("server", "ours").count("delivered", 1_234_567).figure("p50 ms", 1.005e3);
    assertThat(report.table())
        .isEqualTo(
            """
            | server | delivered | p50 ms |
            |---|---:|---:|
            | ours | 1,234,567 | 1,005.00 |
            """);
  }

  @Test
  void aFigureThatOneRowHasNotIsADashThere() {
    report.row().text("server", "ours").figure("heap", 2);
    report.row().text("server", "theirs").count("more", 3);
    assertThat(report.table())
        .isEqualTo(
            """
            | server | heap | more |
            |---|---:|---:|
            | ours | 2.00 | – |
            | theirs | – | 3 |
            """);
  }

  @Test
  void whatIsNoNumberIsMissing() throws IOException {
    report.row().text("server", "ours").figure("cpu", Double.NaN).figure("ratio", 1 / 0.0);
    assertThat(report.table()).doesNotContain("cpu", "ratio", "NaN");
    assertThat(json().path("rows").path(0).fieldNames()).toIterable().containsExactly("server");
  }

  @Test
  void jsonHasTheOptionsAndTheRows() throws IOException {
    report.row().text("server", "ours").count("delivered", 5).figure("p50 ms", 0.126);
    report.row().text("server", "theirs");
    assertThat(json())
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"title": "relay", "options": {"rooms": 7},
                     "rows": [{"server": "ours", "delivered": 5, "p50 ms": 0.13},
                              {"server": "theirs"}]}
                    """));
  }

  @Test
  void whatWasMeasuredIsInUnitsThatTheNamesSay() {
    Histogram latencies = Traffic.histogram();
    latencies.recordValue(2_000_000);
    report.row().measured(new Measured(2, 1_000_000, 3.5, 1, latencies));
    assertThat(report.table())
        .isEqualTo(
            """
            | delivered | a second | CPU s a million | p50 ms | p99 ms | p99.9 ms | max ms\
             | server busy | bench busy |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|
            | 1,000,000 | 500,000 | 3.50 | 2.00 | 2.00 | 2.00 | 2.00 | 1.75 | 0.50 |
            """);
  }

  @Test
  void withoutAProcessThereIsNoMemory() {
    report.row().text("server", "far").memory(null);
    assertThat(report.table()).doesNotContain("MiB");
  }

  @Test
  void aFileThatCannotBeWrittenIsAFault() {
    assertThatThrownBy(() -> report.write(directory.resolve("absent").resolve("out.json")))
        .isInstanceOf(Fault.class)
        .hasMessageStartingWith("cannot write ");
  }
}
