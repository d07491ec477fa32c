package io.resolute.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every workload: which server, and where the outcome goes. */
final class Setup {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--url",
      description = "the server to measure, as wss://HOST:PORT/v1; without it, one is started")
  private @Nullable URI url;

  @Option(
      names = "--pid",
      description = "the process of that server, if it runs on this machine: its CPU and memory")
  private @Nullable Long pid;

  @Option(names = "--insecure", description = "take whatever certificate the server at --url has")
  private boolean insecure;

  @Option(names = "--json", description = "write the outcome to this file, as JSON")
  private @Nullable Path json;

  @Option(names = "--quiet", description = "say nothing but the outcome")
  private boolean quiet;

  @Option(
      names = "--jvm",
      description = "options of the JVM of the server that is started, such as -Xmx256m",
      split = " ")
  private List<String> jvmOptions = List.of();

  Progress progress() {
    return new Progress(System.err, quiet);
  }

  /** Returns the server, started if that is needed; to be closed. */
  Servers.Started server() {
    if (url == null) {
      if (pid != null || insecure) {
        throw new ParameterException(
            command.commandLine(), "--pid and --insecure are for a server at --url");
      }
      Certificate certificate = Certificate.make(directory(), Certificate.Kind.P256);
      return new Servers(directory(), certificate).resolute(jvmOptions.toArray(new String[0]));
    }
    if (!"wss".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 0) {
      throw new ParameterException(
          command.commandLine(), "--url is to be as wss://HOST:PORT/v1, with a port");
    }
    Tls tls = insecure ? Tls.trustingAll() : Tls.trustingTheSystem();
    Meter meter = pid == null ? null : new Meter(pid);
    return new Servers.Started(
        new Target(url.toString(), url, new ResoluteDialect(), tls, meter), null);
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

  /** Prints the outcome, and writes it where that was asked for. */
  void conclude(Report report) {
    System.out.print(report.table());
    if (json != null) {
      report.write(json);
    }
  }
}
