package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge of the scan, against what testssl.sh has said of this server and of a weak one. */
class TlsFindingsTest {
  private static final Path SCANS = Path.of("src/test/resources/io/resolute/relay");
  private static final Path GOOD = SCANS.resolve("testssl-this.json");

  @TempDir private Path directory;

  private List<String> faultsWith(String changed, String into) throws IOException {
    String scan = Files.readString(GOOD);
    assertThat(scan).contains(changed);
    return TlsFindings.faults(
        Files.writeString(directory.resolve("scan.json"), scan.replace(changed, into)));
  }

  @Test
  void aServerAsThisOneIsHasNoFaults() throws IOException {
    assertThat(TlsFindings.faults(GOOD)).isEmpty();
  }

  @Test
  void aServerWithOldProtocolsAndCiphersHasThem() throws IOException {
    assertThat(TlsFindings.faults(SCANS.resolve("testssl-weak.json")))
        .anyMatch(fault -> fault.contains(" TLS1: "))
        .anyMatch(fault -> fault.contains(" TLS1_1: "))
        .anyMatch(fault -> fault.contains(" cipherlist_aNULL: "))
        .noneMatch(fault -> fault.contains("cert_chain_of_trust"));
  }

  @Test
  void whatIsWorseThanLowIsAFault() throws IOException {
    for (String severity : new String[] {"MEDIUM", "HIGH", "CRITICAL", "WARN", "FATAL", "?"}) {
      assertThat(faultsWith("\"severity\":\"LOW\"", "\"severity\":\"" + severity + "\""))
          .containsExactly(severity + " HSTS: not offered");
    }
  }

  @Test
  void aScanThatHasNotLookedAtEverythingIsAFault() throws IOException {
    assertThat(faultsWith("\"heartbleed\"", "\"bleedingheart\""))
        .containsExactly("not looked at: heartbleed");
    assertThat(TlsFindings.faults(Files.writeString(directory.resolve("empty.json"), "[]")))
        .isNotEmpty();
  }
}
