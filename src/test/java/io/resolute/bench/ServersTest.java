package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServersTest {
  @Test
  void aServerThatHasEndedByItselfIsAFaultWithItsLastWords() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "echo no memory; exit 3").start();
    process.waitFor();
    Target target =
        new Target(
            "a server",
            URI.create("wss://localhost:1/v1"),
            new ResoluteDialect(false),
            Tls.trustingAll(),
            null);
    LastLines said = new LastLines("sh", process.inputReader(StandardCharsets.UTF_8));
    assertThatThrownBy(new Servers.Started(target, process, said)::close)
        .isInstanceOf(Fault.class)
        .hasMessage("a server has ended with status 3; it said last:\nno memory");
  }
}
