package io.resolute.conformance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The fuzzing client of the Autobahn test suite, which is Python 2 and run by Jython in a process
 * of its own. The Maven profile puts both where the system properties say.
 *
 * @param jython the jar of Jython
 * @param suite where the suite's modules are
 * @param dir what the reports are written to
 */
record FuzzingClient(Path jython, Path suite, Path dir) {
  private static final long PATIENCE_MINUTES = 45;

  // To drop the connection is the server's part; a handshake that takes too long ends the run.
  private static final Map<String, Object> OPTIONS =
      Map.of("failByDrop", false, "openHandshakeTimeout", 60);

  /** Finds the suite where the Maven profile has put it. */
  static FuzzingClient fromSystemProperties() {
    return new FuzzingClient(
        Path.of(System.getProperty("autobahn.jython")),
        Path.of(System.getProperty("autobahn.suite")),
        Path.of(System.getProperty("autobahn.reports")));
  }

  /**
   * Runs cases against a server, and waits for the last of them.
   *
   * @param name of the folder for the reports
   * @param cases numbers, or patterns with {@code *}
   * @return how they came out
   */
  Outcomes run(String name, int port, List<String> cases) throws IOException, InterruptedException {
    Path reports = Files.createDirectories(dir.resolve(name));
    Path index = reports.resolve("index.json");
    Files.deleteIfExists(index); // Of an earlier run.
    Path spec = reports.resolve("fuzzingclient.json");
    new JsonMapper().writeValue(spec.toFile(), spec(reports, port, cases));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dpython.path=" + suite,
                "-Dpython.cachedir=" + dir.resolve("cache"),
                "-cp",
                jython.toString(),
                "org.python.util.jython",
                "-m",
                "autobahntestsuite.wstest",
                "--mode=fuzzingclient",
                "--spec=" + spec)
            .redirectErrorStream(true)
            .redirectOutput(reports.resolve("output.txt").toFile())
            .start();
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError("the fuzzing client did not end; see " + reports);
      }
    } finally {
      process.destroyForcibly();
    }
    return Outcomes.reported(index);
  }

  private static Map<String, Object> spec(Path reports, int port, List<String> cases) {
    return Map.of(
        "outdir", reports.toString(),
        "options", OPTIONS,
        "servers", List.of(Map.of("agent", "echo", "url", "ws://127.0.0.1:" + port + "/v1")),
        "cases", cases,
        "exclude-cases", List.of(),
        "exclude-agent-cases", Map.of());
  }
}
