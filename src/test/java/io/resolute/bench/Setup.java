package io.resolute.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every workload that say which server it is that is measured. */
final class Setup {
  private static final int LARGEST_PORT = 65_535;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--url",
      description = "the server to measure, as wss://HOST:PORT/v1; without it, one is started")
  private @Nullable URI url;

  @Option(
      names = "--pid",
      description =
          "the process of that server, if it runs on this machine: its CPU and memory. A JVM is"
              + " asked for its heap by jcmd")
  private @Nullable Long pid;

  @Option(names = "--insecure", description = "take whatever certificate the server at --url has")
  private boolean insecure;

  @Option(
      names = "--jvm",
      description = "options of the JVM of the server that is started, such as -Xmx256m",
      split = " ")
  private List<String> jvmOptions = List.of();

  /** Returns the server, started if that is needed; to be closed. */
  Servers.Started server() {
    if (url == null) {
      Bench.require(
          command, pid == null && !insecure, "--pid and --insecure are for a server at --url");
      Path directory = directory();
      Certificate certificate = Certificate.make(directory, Certificate.Kind.P256);
      return new Servers(directory, certificate).resolute(jvmOptions.toArray(new String[0]));
    }
    Bench.require(
        command,
        "wss".equals(url.getScheme())
            && url.getHost() != null
            && url.getPort() > 0
            && url.getPort() <= LARGEST_PORT,
        "--url is to be as wss://HOST:PORT/v1, with a port");
    Bench.require(
        command,
        pid == null || ProcessHandle.of(pid).isPresent(),
        "--pid: there is no process " + pid);
    Bench.require(command, pid == null || Meter.works(), "--pid is for Linux, which has /proc");
    Bench.require(command, jvmOptions.isEmpty(), "--jvm is for a server that the bench starts");
    Tls tls = insecure ? Tls.trustingAll() : Tls.trustingTheSystem();
    Meter meter = pid == null ? null : new Meter(pid);
    return new Servers.Started(
        new Target(url.toString(), url, new ResoluteDialect(false), tls, meter), null, null);
  }

  /** Returns a directory for what lives as long as the run. */
  static Path directory() {
    try {
      Path directory = Files.createTempDirectory("resolute-bench");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      return directory;
    } catch (IOException e) {
      throw new Fault("no temporary directory: " + e.getMessage(), e);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      // The system clears what is temporary.
    }
  }
}
