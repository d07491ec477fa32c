package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.resolute.config.ServerConfig;
import io.resolute.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the shipped files ask of the machine that the server runs on. */
class HostTest {
  private static final Path UNIT = Path.of("conf", "resolute.service");
  private static final String OPTIONS = "jvm.options";

  /** In tenths of what systemd counts: below 20 is what it calls OK, 100 is the worst. */
  private static final String EXPOSURE = "15";

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }

  @Test
  void theUnitLeavesLittleOpenByTheJudgementOfSystemd() throws Exception {
    assumeTrue(Tool.isThere("systemd-analyze"), "systemd-analyze is not there");
    assumeTrue(
        Tool.run("systemd-analyze", "--help").output().contains("--offline"),
        "systemd-analyze is older than 250 and judges no files");
    Tool.Result result =
        Tool.run(
            "systemd-analyze",
            "security",
            "--no-pager",
            "--offline=true",
            "--threshold=" + EXPOSURE,
            UNIT.toString());
    assertThat(result.output()).contains("Overall exposure level");
    assertThat(result.status()).as(result.output()).isZero();
  }

  @Test
  void theUnitKeepsMemoryOffTheDisk() throws IOException {
    assertThat(lines(UNIT)).contains("LimitCORE=0", "MemorySwapMax=0", "LimitMEMLOCK=1M");
  }

  /** On as many cores as the server has gateways for. */
  @Test
  void theUnitGivesTheFilesThatTheDefaultsCanNeed() throws Exception {
    assertThat(lines(UNIT)).contains("LimitNOFILE=1048576");
    ServerConfig largest = ServerConfig.parse("{\"instances\":{\"gateway\":64}}");
    long places = largest.limits().connections();
    assertThat(places + places * (1 + largest.instances().gateway())).isLessThan(1_048_576);
  }

  @Test
  void theUnitAndTheScriptTakeTheOptionsOfTheJvmFromOnePlace() throws IOException {
    assertThat(lines(UNIT))
        .anyMatch(line -> line.startsWith("ExecStart=/usr/bin/java @/opt/resolute/" + OPTIONS));
    assertThat(lines(Path.of("scripts", "run")))
        .anyMatch(line -> line.startsWith("exec java \"@$home/conf/" + OPTIONS));
  }

  @Test
  void theOptionsLetNobodyRenegotiate() throws IOException {
    assertThat(lines(Path.of("conf", OPTIONS)))
        .contains("-Djdk.tls.rejectClientInitiatedRenegotiation=true");
  }

  @Test
  void theOptionsAreWhatThisJvmKnows() throws Exception {
    Tool.Result result = Tool.run(Tool.ofJdk("java"), "@" + Path.of("conf", OPTIONS), "-version");
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output()).doesNotContain("warning");
  }
}
