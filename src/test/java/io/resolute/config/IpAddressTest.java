package io.resolute.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  private static final List<String> NO_ADDRESSES =
      List.of("256.1.1.1", "999.999.999.999", "1.2.3.04", ".:1", ".::1", "localhost", "1.2.3");

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "9.10.99.100", "199.200.249.250", "255.255.255.255", "::", "::1"})
  void anAddressIsRead(String text) {
    assertThat(IpAddress.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        ":",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.1.1.260",
        "01.1.1.1",
        "1:2",
        ".:1",
        "::g",
        ":::",
        "1::2::3",
        "::1%lo",
        "[::1]",
        "localhost",
        "1.2.3.4 ",
        "::1.2.3"
      })
  void anythingElseIsNot(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  /** In a JVM for which each of them is the name of a host. */
  @Test
  void nobodyIsAskedForWhatIsNoAddress(@TempDir Path folder) throws Exception {
    Path hosts = folder.resolve("hosts");
    Files.writeString(
        hosts,
        NO_ADDRESSES.stream()
            .map(name -> "192.0.2.1 " + name + "\n")
            .collect(Collectors.joining()));
    assertThat(run(hosts, "names")).contains("localhost is a name");
    assertThat(run(hosts, "addresses")).isEqualTo("none");
  }

  private static String run(Path hosts, String what) throws IOException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName(),
                what)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** Says which of the texts are names, or which are read as addresses. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] arguments) throws IOException {
      if (arguments[0].equals("names")) {
        System.out.println(
            java.net.InetAddress.getByName("localhost").getHostName() + " is a name");
        return;
      }
      List<String> read =
          NO_ADDRESSES.stream().filter(text -> IpAddress.parse(text).isPresent()).toList();
      System.out.println(read.isEmpty() ? "none" : read);
    }
  }
}
