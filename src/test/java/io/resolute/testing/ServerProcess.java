package io.resolute.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as people run it: the fat jar in a process of its own. */
public final class ServerProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target", "resolute-fat.jar");
  private static final Pattern LISTENING = Pattern.compile("Listening on wss://[^:]+:(\\d+)/");
  private static final Pattern FINGERPRINT = Pattern.compile("fingerprint ([0-9A-F:]{95})");
  private static final long PATIENCE_SECONDS = 60;
  private static final String END = "\0";

  private final Process process;
  private final BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
  private final List<String> lines = new ArrayList<>();

  private ServerProcess(List<String> command) {
    this(new ProcessBuilder(command));
  }

  private ServerProcess(ProcessBuilder command) {
    try {
      process = command.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Thread reader = new Thread(this::read, "server output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Runs the server with any arguments, without waiting for anything. */
  public static ServerProcess run(String... arguments) {
    return new ServerProcess(java(List.of(), List.of(arguments)));
  }

  /** Starts a server on a free port as the README says: with {@code scripts/run}. */
  public static ServerProcess startWithScript() {
    return awaited(new ServerProcess(List.of("scripts/run", "-conf", config(""))));
  }

  /**
   * Starts a server as {@link #start} does, in a directory that is empty, and below another
   * command.
   *
   * @param command what runs the command that its last arguments are
   */
  public static ServerProcess startBelow(
      List<String> command, Path directory, String config, String... jvmOptions) {
    return awaited(runBelow(command, directory, config, jvmOptions));
  }

  /** As {@link #startBelow}, without waiting for anything. */
  public static ServerProcess runBelow(
      List<String> command, Path directory, String config, String... jvmOptions) {
    return below(command, directory, java(List.of(jvmOptions), List.of("-conf", config(config))));
  }

  /** Has the configuration checked below another command, without waiting for anything. */
  public static ServerProcess checkBelow(List<String> command, Path directory, String config) {
    List<String> arguments = List.of("-conf", config(config), "--check");
    return below(command, directory, java(List.of(), arguments));
  }

  private static ServerProcess below(List<String> command, Path directory, List<String> server) {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(server);
    return new ServerProcess(new ProcessBuilder(whole).directory(directory.toFile()));
  }

  private static List<String> java(List<String> jvmOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
    command.addAll(arguments);
    return command;
  }

  private static String config(String members) {
    String rest = members.isEmpty() ? "" : "," + members;
    return ("{'listen':{'host':'localhost','port':0}" + rest + "}").replace('\'', '"');
  }

  private static ServerProcess awaited(ServerProcess server) {
    server.find(FINGERPRINT);
    return server;
  }

  /**
   * Starts a server on a free port of the loopback and waits until it listens.
   *
   * @param config further members of the configuration, with single quotes for double ones
   */
  public static ServerProcess start(String config, String... jvmOptions) {
    return awaited(new ServerProcess(java(List.of(jvmOptions), List.of("-conf", config(config)))));
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(arriving::add);
    } catch (IOException e) {
      arriving.add(e.toString());
    } finally {
      arriving.add(END);
    }
  }

  /** Returns the port that it listens on. */
  public int port() {
    return Integer.parseInt(find(LISTENING));
  }

  /** Returns the number of the process. */
  public long pid() {
    return process.pid();
  }

  /** Returns the SHA-256 fingerprint of its certificate, as it prints it. */
  public String fingerprint() {
    return find(FINGERPRINT);
  }

  /** Returns the first match of {@code pattern} in what it prints; waits for it. */
  public String printed(String pattern) {
    return find(Pattern.compile("(" + pattern + ")"));
  }

  /** Returns the first group of {@code pattern} in what it prints; waits for it. */
  private String find(Pattern pattern) {
    for (String line : lines) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    while (true) {
      String line = nextLine();
      if (line.equals(END)) {
        throw new AssertionError("the server ended: " + String.join("\n", lines));
      }
      lines.add(line);
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
  }

  private String nextLine() {
    try {
      String line = arriving.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("the server says no more than: " + String.join("\n", lines));
      }
      return line;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns its process id. */
  public String id() {
    return Long.toString(process.pid());
  }

  /** Connects a client. */
  public RawClient connect() {
    return RawClient.connect(port());
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.toHandle().destroy(); // Which, other than Process.destroy(), leaves its output open.
  }

  /** Sends SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Returns the exit status; waits for it. */
  public int exitStatus() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the server does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns everything that it has printed, once it has ended. */
  public List<String> output() {
    exitStatus();
    for (String line = nextLine(); !line.equals(END); line = nextLine()) {
      lines.add(line);
    }
    arriving.add(END);
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    exitStatus();
  }
}
