package io.resolute.bench;

import io.resolute.testing.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Starts servers to be measured, each on a core that the bench leaves to it if there is one. */
final class Servers {
  /** Names the core of the servers; without it they have all. */
  static final String CORE = "bench.core";

  /**
   * Names the command that starts mosquitto, its words between spaces; without it, there is none.
   */
  static final String MOSQUITTO = "bench.mosquitto";

  /** The name of what the others are compared with. */
  static final String BARE = "bare Netty";

  private static final Pattern LISTENING = Pattern.compile("Listening on (wss://[^:]+:\\d+/\\S*)");
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int POLL_MILLIS = 50;

  private final Path directory;
  private final Certificate certificate;

  /**
   * @param directory for what they need in files
   * @param certificate of all of them
   */
  Servers(Path directory, Certificate certificate) {
    this.directory = directory;
    this.certificate = certificate;
  }

  /**
   * A server that has been started, and ends with this.
   *
   * @param process null of somebody else's, which does not end
   * @param said what it has printed last; null likewise
   */
  record Started(Target target, @Nullable Process process, @Nullable LastLines said)
      implements AutoCloseable {
    /**
     * Ends it.
     *
     * @throws Fault with its last words if it has ended by itself
     */
    @Override
    public void close() {
      if (process == null || said == null) {
        return;
      }
      if (!process.isAlive()) {
        throw new Fault(
            target.name() + " has ended with status " + process.exitValue() + said.words());
      }
      process.destroy();
      try {
        if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
  }

  /** This project's server, without limits on how much one client may do. */
  Started resolute(String... jvmOptions) {
    List<String> command = java(jvmOptions);
    command.addAll(List.of("-jar", "target/resolute-fat.jar", "-conf", config()));
    return printing("Rësolute", new ResoluteDialect(false), command);
  }

  private String config() {
    return """
        {'listen': {'host': 'localhost', 'port': 0},
         'tls': {'certificate': '%s', 'key': '%s'},
         'limits': {'connections': 1000000, 'rooms': 1000000, 'membersPerRoom': 10000,
                    'oneTimeKeysPerRoom': 100000, 'username': '64B', 'publicKey': '1KiB',
                    'sendQueue': '16MiB'},
         'rates': {'commands': {'rate': 'unlimited'},
                   'messages': {'rate': 'unlimited', 'burst': 1000000000},
                   'bytes': {'rate': 'unlimited'}}}
        """
        .formatted(certificate.chain(), certificate.key())
        .replace('\'', '"');
  }

  /** {@link BareRelay}. */
  Started bare() {
    List<String> command = java();
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            BareRelay.class.getName(),
            certificate.chain().toString(),
            certificate.key().toString()));
    return printing(BARE, new BareDialect(), command);
  }

  /**
   * The relay of this protocol on Node.
   *
   * @param arguments that come after the two files
   */
  Started node(String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "node",
            "src/test/js/bench/relay.mjs",
            certificate.chain().toString(),
            certificate.key().toString()));
    command.addAll(List.of(arguments));
    return printing("Node ws", new ResoluteDialect(false), command);
  }

  /** The broker, over WebSocket alone. */
  Started mosquitto() {
    int port = freePort();
    Path config = directory.resolve("mosquitto.conf");
    String text =
        """
        per_listener_settings true
        user %s
        persistence false
        log_dest none
        listener %d 127.0.0.1
        protocol websockets
        allow_anonymous true
        certfile %s
        keyfile %s
        # Without one that is no WebSocket's, 2.0.11 does not start.
        listener 0 %s
        """
            .formatted(
                System.getProperty("user.name"),
                port,
                certificate.chain(),
                certificate.key(),
                directory.resolve("mosquitto.sock"));
    try {
      Files.writeString(config, text);
    } catch (IOException e) {
      throw new Fault("cannot write " + config, e);
    }
    List<String> command = new ArrayList<>(List.of(System.getProperty(MOSQUITTO).split(" ")));
    command.addAll(List.of("-c", config.toString()));
    Process process = start(command);
    awaitPort(process, port);
    return started(
        "mosquitto",
        URI.create("wss://localhost:" + port + "/mqtt"),
        new MqttDialect(),
        process,
        new LastLines("mosquitto", process.inputReader(StandardCharsets.UTF_8)));
  }

  /** Returns whether {@link #mosquitto} can be started here. */
  static boolean hasMosquitto() {
    return !System.getProperty(MOSQUITTO, "").isEmpty();
  }

  /** Returns how a JVM begins that is run as the server's is. */
  private static List<String> java(String... options) {
    List<String> command = new ArrayList<>(List.of(Tool.ofJdk("java"), "@conf/jvm.options"));
    command.add("-XX:-DisableAttachMechanism"); // To be asked how much heap it uses.
    command.addAll(List.of(options));
    return command;
  }

  private static Started printing(String name, Dialect dialect, List<String> command) {
    Process process = start(command);
    StringBuilder printed = new StringBuilder();
    // What it has not printed by then, it does not print: to read on would be to wait for ever.
    CompletableFuture<Void> late =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    try {
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        printed.append(line).append('\n');
        Matcher listening = LISTENING.matcher(line);
        if (listening.find() && late.cancel(false)) {
          LastLines said = new LastLines(name, out);
          return started(name, URI.create(listening.group(1)), dialect, process, said);
        }
      }
    } catch (IOException e) {
      printed.append(e);
    }
    late.cancel(false);
    process.destroyForcibly();
    throw new Fault(name + " does not start: " + printed.toString().strip());
  }

  private static Started started(
      String name, URI uri, Dialect dialect, Process process, LastLines said) {
    Meter meter = Meter.works() ? new Meter(process.pid()) : null;
    return new Started(new Target(name, uri, dialect, Tls.trustingAll(), meter), process, said);
  }

  private static Process start(List<String> command) {
    List<String> pinned = new ArrayList<>();
    String core = System.getProperty(CORE, "");
    if (!core.isEmpty()) {
      pinned.addAll(List.of("taskset", "-c", core));
    }
    pinned.addAll(command);
    try {
      Process process = new ProcessBuilder(pinned).redirectErrorStream(true).start();
      // Also where the bench is killed half-way.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return process;
    } catch (IOException e) {
      throw new Fault("cannot start " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new Fault("no port is free", e);
    }
  }

  private static void awaitPort(Process process, int port) {
    for (int waited = 0; waited < PATIENCE_MILLIS && process.isAlive(); waited += POLL_MILLIS) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (IOException e) {
        Watch.pause(POLL_MILLIS);
      }
    }
    throw new Fault("mosquitto does not listen on port " + port);
  }
}
