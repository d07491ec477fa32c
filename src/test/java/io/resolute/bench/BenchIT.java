package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

  // As long as relay.mjs does nothing.
  private static final double STALL_MILLIS = 500;

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
    return outcomeOf(at(server, options)).path("rows").path(0);
  }

  private static JsonNode outcomeOf(List<String> arguments) throws IOException {
    Path file = directory.resolve("outcome.json");
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--quiet", "--json", file.toString()));
    Run run = Run.of(new StringWriter(), all);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return new JsonMapper().readTree(Files.readString(file));
  }

  private static JsonNode compared(String options) throws IOException {
    return outcomeOf(List.of(("--compare --rounds 1 --warm-up 0 " + options).split(" ")));
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
    "stranger-room, of another room, of another room",
    "also-to-a-stranger, of another room, of another room"
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
      // What is lost is missed at the end.
      String until = inStorm.equals(LOST) ? "1 --patience 0.5" : "20";
      Run storm = quiet(wrong, "storm --pairs 8 --warm-up 0 --seconds " + until);
      assertThat(storm.complaint()).contains(inStorm);
      assertThat(storm.status()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "churn --rooms 10 --pairs 8 --rounds 1",
        "fanin --rooms 10 --members 5",
        "relay --rooms 10 --rate 2000"
      })
  void everyWorkloadChecks(String workload) {
    try (Servers.Started wrong = servers.node("damage")) {
      Run run = quiet(wrong, workload + " --warm-up 0 --seconds 20");
      assertThat(run.complaint()).contains("damaged");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "swap-sender, fanin --members 5, as another member's",
    "misdirect, fanin --members 5, whom it is not for",
    "swap-sender, relay --members 5 --to all, as another member's",
    "stranger-room, relay --members 5 --to all, of another room"
  })
  void whoItIsFromAndForIsCheckedInEveryPattern(String fault, String workload, String complaint) {
    try (Servers.Started wrong = servers.node(fault)) {
      Run run = quiet(wrong, workload + " --rooms 5 --warm-up 0 --seconds 20");
      assertThat(run.complaint()).contains(complaint);
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"relay", "relay --answered"})
  void whatTheServerRefusesIsSaidWithItsCode(String workload) {
    try (Servers.Started wrong = servers.node("refuse")) {
      Run run = quiet(wrong, workload + " --rooms 2 --warm-up 0 --seconds 20");
      assertThat(run.complaint()).contains("send-message-error: unavailable");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unanswered, an answer to a message was lost, 20",
    "never-answered, were lost, 1 --patience 0.5",
    "answered-twice, has come twice, 20",
    "miscounted, went to 9 members, 20"
  })
  void aWrongAnswerIsFoundOut(String fault, String complaint, String seconds) {
    try (Servers.Started wrong = servers.node(fault)) {
      Run run = quiet(wrong, "relay --answered --rooms 2 --warm-up 0 --seconds " + seconds);
      assertThat(run.complaint()).contains(complaint);
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void ourServerAnswersWhatHasAnId() throws IOException {
    for (String talk : new String[] {"relay --members 3", "relay --members 3 --to all", "fanin"}) {
      JsonNode row = rowOf(ours, talk + " --answered --rooms 5 --warm-up 0 --seconds 0.5");
      assertThat(row.path("checked").asLong()).as(talk).isPositive();
    }
  }

  @Test
  void churnChecksItsPairsAsWell() {
    try (Servers.Started wrong = servers.node("repeat-to-guests")) {
      Run run = quiet(wrong, "churn --rooms 2 --pairs 8 --rounds 1 --warm-up 0 --seconds 5");
      assertThat(run.complaint()).contains("pair ", "twice");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void whatComesTwiceBehindTheLastMessageIsSeen() {
    try (Servers.Started wrong = servers.node("repeat-late")) {
      Run run = quiet(wrong, "idle --connections 20 --pid " + pidOf(wrong));
      assertThat(run.complaint()).contains("twice");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatStallsIsSeenByAllThatWasDueMeanwhile() throws IOException {
    JsonNode atRate = stalled("--rate 1000");
    JsonNode inTurn = stalled("--window 1");
    assertThat(atRate.path("max ms").asDouble()).isGreaterThanOrEqualTo(STALL_MILLIS);
    assertThat(inTurn.path("max ms").asDouble()).isGreaterThanOrEqualTo(STALL_MILLIS);
    // Half of the messages were due meanwhile; in a window each sender has waited for one.
    assertThat(atRate.path("p99 ms").asDouble())
        .isGreaterThan(STALL_MILLIS / 2)
        .isGreaterThan(inTurn.path("p99 ms").asDouble());
  }

  private static JsonNode stalled(String load) throws IOException {
    try (Servers.Started slow = servers.node("stall")) {
      return rowOf(slow, "relay --rooms 2 --warm-up 0 --seconds 1 " + load);
    }
  }

  @Test
  void whatWasDueIsSentThoughTheRateIsTooHigh() throws IOException {
    JsonNode row =
        rowOf(ours, "relay --rooms 10 --size 40 --warm-up 0 --seconds 0.05 --rate 1000000");
    assertThat(row.path("checked").asLong()).isGreaterThanOrEqualTo(50_000);
  }

  @Test
  void aRateThatCannotBeKeptIsSaidInALine() {
    Run run =
        quiet(
            ours,
            "relay --rooms 10 --size 40 --warm-up 0 --seconds 0.1 --rate 90000000 --patience 1");
    assertThat(run.complaint()).contains("the rate is too high", "were not sent");
    assertThat(run.status()).isEqualTo(1);
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

  /** The warm-up is not to make what is measured afterwards look cheap. */
  @Test
  void idleConnectionsAreFewBeforeTheyAreMeasured() throws IOException {
    Path file = directory.resolve("opened");
    try (Servers.Started server = servers.node("count", file.toString())) {
      rowOf(server, "idle --connections 300 --members 100 --pid " + pidOf(server));
    }
    assertThat(Files.readString(file)).isEqualTo("400");
  }

  @Test
  void noSessionIsResumed() throws IOException {
    try (Servers.Started strict = servers.node("resumed")) {
      assertThat(
              rowOf(strict, "storm --pairs 2 --warm-up 0 --seconds 0.5").path("checked").asLong())
          .isPositive();
    }
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
    Servers.Started server = servers.node();
    CompletableFuture<Run> run =
        CompletableFuture.supplyAsync(
            () -> Run.of(err, at(server, workload + " --warm-up 0 --seconds 60")));
    assertThat(measuring.await(60, TimeUnit.SECONDS)).isTrue();
    server.process().destroyForcibly();
    assertThat(run.join().complaint())
        .containsAnyOf("cut", "closed", "reset", "refused", "Broken pipe");
    assertThat(run.join().status()).isEqualTo(1);
    server.process().onExit().join();
    assertThatThrownBy(server::close).isInstanceOf(Fault.class).hasMessageContaining("has ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"relay", "storm"})
  void aCertificateThatIsNotTrustedIsSaidInALine(String workload) {
    Run run = Run.of(workload, "--quiet", "--url", ours.target().uri().toString());
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

  @Test
  void comparisonHasARowForEachServerAndLoad() throws IOException {
    JsonNode whole = compared("--seconds 0.2 --only RELAY");
    // Without mosquitto, of which the script says where it is.
    assertThat(whole.path("rows")).hasSize(3 + 3 + 2);
    whole.path("rows").forEach(row -> assertThat(row.path("CPU µs a message").isNumber()).isTrue());
    assertThat(whole.path("rows").path(0).path("to bare Netty").asDouble()).isPositive();
    assertThat(whole.path("options").fieldNames())
        .toIterable()
        .contains("seconds of warm-up", "date", "java", "core of the servers");
  }

  @Test
  void comparisonHasRoomsOfManyAndStorms() throws IOException {
    JsonNode rows = compared("--seconds 1 --only ALL,STORM").path("rows");
    assertThat(rows).hasSize(2 + 3);
    rows.forEach(row -> assertThat(row.path("turns").asInt()).isEqualTo(1));
    rows.forEach(row -> assertThat(row.path("RSS MiB").asDouble()).isPositive());
    assertThat(rows.path(4).path("server").asText()).contains("RSA-2048");
    assertThat(rows.path(4).path("CPU ms a connection").asDouble()).isPositive();
  }

  private static String pidOf(Servers.Started server) {
    return Long.toString(server.process().pid());
  }
}
