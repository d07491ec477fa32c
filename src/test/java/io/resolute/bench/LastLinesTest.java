package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.StringReader;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastLinesTest {
  private static final URI NOWHERE = URI.create("wss://localhost:1/v1");

  private static LastLines of(String text) {
    LastLines lines = new LastLines();
    lines.read(new BufferedReader(new StringReader(text)));
    return lines;
  }

  @Test
  void theLastTenAreKept() {
    String twelve = IntStream.range(0, 12).mapToObj(i -> i + "\n").collect(Collectors.joining());
    assertThat(of(twelve).words()).isEqualTo("; it said last:\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11");
  }

  @Test
  void whoSaidNothingIsNotQuoted() {
    assertThat(of("").words()).isEmpty();
  }

  @Test
  void aServerThatHasEndedByItselfIsAFault() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "exit 3").start();
    process.waitFor();
    Tls tls = Tls.trustingAll();
    Target target = new Target("a server", NOWHERE, new ResoluteDialect(false), tls, null);
    Servers.Started started = new Servers.Started(target, process, of("no memory\n"));
    assertThatThrownBy(started::close)
        .isInstanceOf(Fault.class)
        .hasMessage("a server has ended with status 3; it said last:\nno memory");
  }
}
