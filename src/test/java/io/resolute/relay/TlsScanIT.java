package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.testing.ServerProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server's TLS as a scanner sees it that knows what went wrong with TLS elsewhere. */
@Tag("tls-scan")
class TlsScanIT {
  private static final List<String> NAMES = List.of("testssl", "testssl.sh");
  private static final Path FOUND = Path.of("target", "tls-scan.json");
  private static final Path SAID = Path.of("target", "tls-scan.txt");
  private static final long PATIENCE_MINUTES = 15;

  @Test
  void testsslFindsNothingThatIsNotKnown() throws Exception {
    List<String> scanners = NAMES.stream().filter(TlsScanIT::isInstalled).toList();
    assertThat(scanners).as("testssl.sh (Debian: apt install testssl.sh)").isNotEmpty();
    Files.deleteIfExists(FOUND); // It would not be overwritten.
    try (ServerProcess server = ServerProcess.start("")) {
      Process scan =
          new ProcessBuilder(
                  scanners.get(0),
                  "--jsonfile",
                  FOUND.toString(),
                  "--color",
                  "0",
                  "--warnings",
                  "off",
                  "--quiet",
                  "--nodns",
                  "none",
                  "127.0.0.1:" + server.port())
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(SAID.toFile())
              .start();
      assertThat(scan.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).as("the scan ends").isTrue();
    }
    assertThat(TlsFindings.faults(FOUND)).as("see " + SAID).isEmpty();
  }

  private static boolean isInstalled(String name) {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }
}
