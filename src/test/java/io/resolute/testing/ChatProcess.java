package io.resolute.testing;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The chat on the terminal as people run it: {@code scripts/chat} in a process of its own. */
public final class ChatProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedWriter in;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private ChatProcess(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    in = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "chat output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a chat that trusts the server's certificate. */
  public static ChatProcess start(ServerProcess server, String... arguments) {
    return start(Map.of(), server, arguments);
  }

  /** Starts a chat with further environment variables. */
  public static ChatProcess start(
      Map<String, String> environment, ServerProcess server, String... arguments) {
    List<String> command = new ArrayList<>(List.of("scripts/chat"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--pin", server.fingerprint()));
    return new ChatProcess(environment, command);
  }

  /** Starts a chat with a command as it was printed, its words between spaces, and more words. */
  public static ChatProcess startCommand(String printed, String... more) {
    List<String> command = new ArrayList<>(List.of(printed.strip().split(" ")));
    command.addAll(List.of(more));
    return new ChatProcess(Map.of(), command);
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    } catch (IOException e) {
      lines.add(e.toString());
    }
  }

  /** Types a line. */
  public void type(String line) {
    try {
      in.write(line + "\n");
      in.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends the input, as Ctrl-D does. */
  public void endInput() {
    try {
      in.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the next line that contains {@code text}; waits for it. */
  public String await(String text) {
    return await(line -> line.contains(text), text);
  }

  /** Returns the next invite; waits for it. */
  public String invite() {
    return await(line -> line.startsWith("https://"), "an invite");
  }

  private String await(Predicate<String> wanted, String what) {
    List<String> seen = new ArrayList<>();
    try {
      while (true) {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
          throw new AssertionError("waited for «" + what + "» and saw " + seen);
        }
        seen.add(line);
        if (wanted.test(line)) {
          return line;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the exit status; waits for it. */
  public int exitStatus() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the chat does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    exitStatus();
  }
}
