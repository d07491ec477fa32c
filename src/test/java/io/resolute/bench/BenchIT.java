package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.resolute.testing.Tool;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bench at servers that are right, wrong, or not there. */
class BenchIT {
  private static final String LOST = "was lost";

  private static @TempDir Path directory;
  private static Servers servers;
  private static Servers.Started ours;

  @BeforeAll
  static void startOurs() {
    servers = new Servers(directory, Certificate.make(directory, Certificate.Kind.P256));
    ours = servers.resolute("-Xmx256m");
  }

  @AfterAll
  static void stopOurs() {
    ours.close();
  }

  private static List<String> at(Servers.Started server, String options) {
    List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
    arguments.addAll(List.of("--url", server.target().uri().toString(), "--insecure"));
    return arguments;
  }

  private static Run quiet(Servers.Started server, String options) {
    List<String> arguments = at(server, options);
    arguments.add("--quiet");
    return Run.of(new StringWriter(), arguments);
  }

  private static JsonNode rowOf(Servers.Started server, String options) throws IOException {
    Path file = directory.resolve("row.json");
    Run run = quiet(server, options + " --json " + file);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return new JsonMapper().readTree(Files.readString(file)).path("rows").path(0);
  }

  @ParameterizedTest
  @CsvSource({
    "lose, was lost, was lost",
    "repeat, twice, twice",
    "damage, damaged, damaged",
    "cut, bytes instead of 400, bytes instead of 400",
    "swap-sender, as another member's, as another member's",
    "misdirect, whom it is not for, whom it is not for",
    "overtake, overtaken, was lost",
    "stranger-room, of another room, of another room"
  })
  void aServerThatIsWrongIsFoundOut(String fault, String inTalk, String inStorm) {
    // Of several on their way, the one behind a message that goes astray may be the first to be
    // seen.
    int window = fault.equals("misdirect") ? 1 : 4;
    try (Servers.Started wrong = servers.node(fault)) {
      for (int members : new int[] {2, 3}) {
        Run talk =
            quiet(
                wrong,
                "relay --rooms 10 --warm-up 0 --seconds 20 --window %d --members %d"
                    .formatted(window, members));
        assertThat(talk.complaint()).as("rooms of %d", members).contains(inTalk);
        assertThat(talk.status()).isEqualTo(1);
      }
      String patience = inStorm.equals(LOST) ? " --patience 0.5" : "";
      Run storm = quiet(wrong, "storm --pairs 8 --warm-up 0 --seconds 20" + patience);
      assertThat(storm.complaint()).contains(inStorm);
      assertThat(storm.status()).isEqualTo(1);
    }
  }

  @Test
  void aMessageThatIsLostIsMissedThoughNoneComesAfterIt() {
    try (Servers.Started wrong = servers.node("lose")) {
      Run run = quiet(wrong, "relay --rooms 10 --to all --warm-up 0 --seconds 0.1 --patience 0.5");
      assertThat(run.complaint()).contains("messages were lost");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void messagesOfIdleConnectionsAreCheckedAsWell() {
    try (Servers.Started wrong = servers.node("damage")) {
      Run run = quiet(wrong, "idle --connections 20 --pid " + pidOf(wrong));
      assertThat(run.complaint()).contains("damaged");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatIsRightPasses() throws IOException {
    try (Servers.Started right = servers.node()) {
      assertThat(
              rowOf(right, "relay --rooms 5 --members 3 --warm-up 0 --seconds 0.2")
                  .path("checked")
                  .asLong())
          .isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relay --rooms 10 --threads 2",
        "relay --rooms 10 --rate 2000",
        "relay --rooms 2 --members 5 --to all --window 4",
        "relay --rooms 2 --members 5 --to all --rate 500",
        "fanin --rooms 2 --members 5 --window 4"
      })
  void talkPassesAtOurServer(String workload) throws IOException {
    assertThat(rowOf(ours, workload + " --warm-up 0 --seconds 0.3").path("checked").asLong())
        .isPositive();
  }

  @Test
  void stormPassesAtOurServer() throws IOException {
    JsonNode row = rowOf(ours, "storm --pairs 4 --warm-up 0.1 --seconds 0.5");
    assertThat(row.path("checked").asLong()).isPositive();
  }

  @Test
  void idleConnectionsHearEachOtherAtOurServer() throws IOException {
    JsonNode row = rowOf(ours, "idle --connections 100 --pid " + pidOf(ours));
    assertThat(row.path("connections").asLong()).isEqualTo(100);
    assertThat(row.path("checked").asLong()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void withoutUrlOurServerIsStartedAndMeasured() throws IOException {
    Path file = directory.resolve("whole.json");
    Run run =
        Run.of(
            ("churn --rooms 2 --pairs 2 --rounds 2 --warm-up 0 --seconds 0.3 --quiet --json "
                    + file)
                .split(" "));
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode rows = new JsonMapper().readTree(Files.readString(file)).path("rows");
    assertThat(rows).hasSize(2);
    assertThat(rows.path(1).path("RSS MiB").asDouble()).isPositive();
    assertThat(rows.path(1).path("live heap MiB").asDouble()).isPositive();
    assertThat(cells(run.out())).isEqualTo(cells(rows));
  }

  private static List<List<String>> cells(String table) {
    return table
        .lines()
        .filter(line -> !line.startsWith("|---"))
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList())
        .toList();
  }

  private static List<List<String>> cells(JsonNode rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> row.fieldNames().forEachRemaining(names::add));
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.copyOf(names));
    rows.forEach(row -> cells.add(names.stream().map(name -> shown(row.path(name))).toList()));
    return cells;
  }

  private static String shown(JsonNode figure) {
    if (figure.isMissingNode() || figure.isTextual()) {
      return figure.asText("–");
    }
    return figure.isIntegralNumber()
        ? String.format(Locale.ROOT, "%,d", figure.asLong())
        : String.format(Locale.ROOT, "%,.2f", figure.asDouble());
  }

  @ParameterizedTest
  @ValueSource(strings = {"relay --rooms 4", "storm --pairs 2"})
  void aServerThatIsKilledHalfWayIsSaidInALine(String workload) throws Exception {
    CountDownLatch measuring = new CountDownLatch(1);
    StringWriter err =
        new StringWriter() {
          @Override
          public void write(String text, int offset, int length) {
            super.write(text, offset, length);
            if (text.startsWith("measuring")) {
              measuring.countDown();
            }
          }
        };
    try (Servers.Started server = servers.node()) {
      CompletableFuture<Run> run =
          CompletableFuture.supplyAsync(
              () -> Run.of(err, at(server, workload + " --warm-up 0 --seconds 60")));
      assertThat(measuring.await(60, TimeUnit.SECONDS)).isTrue();
      server.process().destroyForcibly();
      assertThat(run.join().complaint())
          .containsAnyOf("cut", "closed", "reset", "refused", "Broken pipe");
      assertThat(run.join().status()).isEqualTo(1);
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsSaidInALine() {
    Run run = Run.of("relay", "--quiet", "--url", ours.target().uri().toString());
    assertThat(run.complaint()).contains("certif", "--insecure");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void moreConnectionsThanTheServerHasDescriptorsForAreSaidInALine() throws Exception {
    assumeTrue(Tool.isThere("prlimit") && Meter.works(), "prlimit of util-linux");
    try (Servers.Started server = servers.node()) {
      String pid = pidOf(server);
      Tool.run("prlimit", "--pid", pid, "--nofile=100:100");
      Run run = quiet(server, "relay --rooms 50 --pid " + pid);
      assertThat(run.complaint())
          .startsWith("bench: the server may have 100 file descriptors")
          .contains("100 connections", "ulimit -n");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  private static String pidOf(Servers.Started server) {
    return Long.toString(server.process().pid());
  }
}
