package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bench where there is no server. */
class BenchTest {
  private static final String NOBODY = "wss://localhost:1/v1";

  @ParameterizedTest
  @ValueSource(strings = {"relay", "storm --warm-up 0", "fanin", "churn"})
  void aServerThatIsNotThereIsSaidInALine(String workload) {
    Run run = Run.of((workload + " --quiet --url " + NOBODY).split(" "));
    assertThat(run.complaint()).contains("refused");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aPortWhereSomethingElseListensIsSaidInALine() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      Thread hangingUp = new Thread(() -> hangUp(other));
      hangingUp.setDaemon(true);
      hangingUp.start();
      String url = "wss://localhost:" + other.getLocalPort() + "/v1";
      Run run = Run.of("relay", "--rooms", "2", "--quiet", "--url", url);
      assertThat(run.complaint()).startsWith("bench: no room could be opened at " + url);
      assertThat(run.status()).isEqualTo(1);
    }
  }

  private static void hangUp(ServerSocket server) {
    try {
      while (true) {
        server.accept().close();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "relay --no-such-option",
        "relay --seconds soon",
        "relay --seconds 0",
        "relay --seconds NaN",
        "relay --warm-up -1",
        "relay --rooms 0",
        "relay --rooms many",
        "relay --members 1",
        "relay --size 39",
        "relay --window 0",
        "relay --rate 0",
        "relay --rate NaN",
        "relay --rate 1e9",
        "relay --rate 1000 --window 1",
        "relay --rooms 16777217",
        "relay --members 65535",
        "relay --window 10001",
        "relay --json no/such/directory/x.json",
        "relay --json .",
        "relay --rooms 2 --threads 3",
        "relay --to nobody",
        "relay --url http://localhost:1/v1",
        "relay --url wss://localhost/v1",
        "relay --url wss://localhost:65536/v1",
        "relay --pid 99999999 --url " + NOBODY,
        "idle --url " + NOBODY,
        "relay --pid 1",
        "relay --insecure",
        "relay --jvm -Xmx1g --url " + NOBODY,
        "idle --connections 1",
        "idle --members 1",
        "idle --threads 0",
        "storm --pairs 0",
        "storm --size 60001",
        "storm --seconds 0",
        "churn --rounds 0",
        "churn --pairs 0",
        "fanin --members 1",
        "--compare --rounds 0",
        "--compare --only nothing"
      })
  void aWrongOptionIsSaidInALineThatNamesTheHelp(String options) {
    Run run = Run.of(options.split(" "));
    assertThat(run.complaint()).contains("--help");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void withoutAWorkloadTheHelpIsNamed() {
    Run run = Run.of();
    assertThat(run.complaint()).contains("scripts/bench --help");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void helpNamesEveryWorkload() {
    Run run = Run.of("--help");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("relay", "fanin", "idle", "storm", "churn", "--compare");
  }

  @Test
  void helpOfEachWorkloadHasItsOptions() {
    Stream.of("relay", "fanin", "idle", "storm", "churn")
        .forEach(
            workload -> {
              Run run = Run.of(workload, "--help");
              assertThat(run.status()).isZero();
              assertThat(run.out()).contains("--url", "--json", "--patience", "--quiet");
            });
  }
}
