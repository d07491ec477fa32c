package io.resolute.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run: rows of figures under names, for people as a table of Markdown and for
 * programs as JSON. A figure that is not to be had is missing in the JSON, and a dash in the table.
 */
final class Report {
  /** Bytes. */
  static final double KIB = 1024;

  /** Bytes. */
  static final double MIB = 1 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final String title;
  private final Map<String, Object> options = new LinkedHashMap<>();
  private final List<Map<String, Object>> rows = new CopyOnWriteArrayList<>();

  Report(String title) {
    this.title = title;
  }

  /** Notes what the run was asked for. */
  Report option(String name, Object value) {
    options.put(name, value);
    return this;
  }

  boolean hasRows() {
    return !rows.isEmpty();
  }

  /** Begins a row. */
  Row row() {
    Map<String, Object> figures = new LinkedHashMap<>();
    rows.add(figures);
    return new Row(figures);
  }

  /** One row. */
  static final class Row {
    private final Map<String, Object> figures;

    private Row(Map<String, Object> figures) {
      this.figures = figures;
    }

    Row text(String name, String text) {
      figures.put(name, text);
      return this;
    }

    Row count(String name, long number) {
      figures.put(name, number);
      return this;
    }

    /** Adds a figure to two decimals; none if it is not a number, as of nothing or by nothing. */
    Row figure(String name, double number) {
      if (Double.isFinite(number)) {
        figures.put(name, Math.round(number * 100) / 100.0);
      }
      return this;
    }

    /** Adds what a process has from the operating system; nothing if there is none any more. */
    Row resident(@Nullable Meter meter) {
      try {
        return meter == null ? this : figure("RSS MiB", meter.resident() / MIB);
      } catch (Fault ended) {
        return this;
      }
    }

    /** Adds the memory of a process; nothing if there is none. */
    Row memory(@Nullable Meter meter) {
      resident(meter);
      if (meter != null) {
        meter.liveHeap().ifPresent(heap -> figure("live heap MiB", heap / MIB));
      }
      return this;
    }

    /** Adds what was measured of messages. */
    Row measured(Measured measured) {
      return count("delivered", measured.heard())
          .count("a second", Math.round(measured.rate()))
          .figure("CPU s a million", measured.cpuMicros())
          .figure("p50 ms", measured.latencyMillis(50))
          .figure("p99 ms", measured.latencyMillis(99))
          .figure("p99.9 ms", measured.latencyMillis(99.9))
          .figure("max ms", measured.latencyMillis(100))
          .figure("server busy", measured.serverBusy())
          .figure("bench busy", measured.benchBusy());
    }
  }

  /** Returns the table. */
  String table() {
    List<String> names = rows.stream().flatMap(row -> row.keySet().stream()).distinct().toList();
    String rule =
        names.stream()
            .map(name -> isText(name) ? "---" : "---:")
            .collect(Collectors.joining("|", "|", "|"));
    return rows.stream()
        .map(row -> line(names.stream().map(name -> show(row.get(name))).toList()))
        .collect(Collectors.joining("\n", line(names) + "\n" + rule + "\n", "\n"));
  }

  private boolean isText(String name) {
    return rows.stream().anyMatch(row -> row.get(name) instanceof String);
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String show(@Nullable Object figure) {
    if (figure instanceof Long count) {
      return String.format(Locale.ROOT, "%,d", count);
    }
    if (figure instanceof Double number) {
      return String.format(Locale.ROOT, "%,.2f", number);
    }
    return figure == null ? "–" : figure.toString();
  }

  /** Writes everything as JSON. */
  void write(Path file) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("title", title);
    whole.put("options", options);
    whole.put("rows", rows);
    try {
      Files.writeString(file, JSON.writeValueAsString(whole) + "\n");
    } catch (IOException e) {
      throw new Fault("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
