package io.resolute.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.resolute.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * A server with a small heap, a pair that talks on it all the time, and what is measured of both
 * before, while and after strangers come. Each leaves a row in target/abuse.
 */
final class Siege implements AutoCloseable {
  /** What an attack may leave behind: pools and tables that have grown, and do not again. */
  private static final long TOLERATED = 16L << 20;

  private static final int WARM_UP = 400;
  private static final Path TABLE = Path.of("target", "abuse");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ServerProcess server;
  private final Pair pair;
  private final Footprint before;
  private Footprint during;
  private Histogram latencies;

  private Siege(ServerProcess server) {
    this.server = server;
    pair = new Pair(server.port());
    pair.await(WARM_UP);
    before = Footprint.of(server);
    pair.latencies();
  }

  /**
   * Starts a server with 512 MiB of heap, and as much beside it.
   *
   * @param config members of the configuration, with single quotes for double ones
   */
  static Siege of(String config) {
    return new Siege(ServerProcess.start(config, "-Xmx512m", Footprint.COUNTING));
  }

  ServerProcess server() {
    return server;
  }

  /** The strangers are there: the pair says so many words more, and then it is measured. */
  void underWay(int words) {
    pair.await(words);
    latencies = pair.latencies();
    during = Footprint.of(server);
  }

  /** Returns what is held beside what was held at first. */
  long directAdded() {
    return Footprint.direct(server) - before.direct();
  }

  /** The strangers are gone: the pair still talks, and the server forgets them. */
  void over(String name, int attackers) {
    pair.await(2);
    Footprint[] after = new Footprint[1];
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              after[0] = Footprint.of(server);
              assertThat(after[0].heap()).isLessThan(before.heap() + TOLERATED);
            });
    pair.await(2);
    record(name, attackers, after[0]);
  }

  private void record(String name, int attackers, Footprint after) {
    Histogram words = Objects.requireNonNull(latencies);
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %,d | %s | %s | %s | %.1f, %.1f |%n",
            name,
            attackers,
            mebibytes(before.heap(), during.heap(), after.heap()),
            mebibytes(before.direct(), during.direct(), after.direct()),
            mebibytes(before.resident(), during.resident(), after.resident()),
            words.getValueAtPercentile(50) / 1e6,
            words.getValueAtPercentile(99) / 1e6);
    write(name, row);
  }

  private static String mebibytes(long... bytes) {
    StringBuilder text = new StringBuilder();
    for (long some : bytes) {
      text.append(text.isEmpty() ? "" : ", ").append(Math.round(some / (double) (1 << 20)));
    }
    return text.toString();
  }

  /** Leaves rows of a table. */
  static void write(String name, String rows) {
    try {
      Files.createDirectories(TABLE);
      Files.writeString(
          TABLE.resolve(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".md"), rows);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    pair.close();
    server.close();
  }
}
