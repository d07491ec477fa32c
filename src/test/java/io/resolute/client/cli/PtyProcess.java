package io.resolute.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The chat in a process and on a terminal of its own, made by {@code script(1)}, that answers what
 * it is asked half a second late, as one far away does.
 */
final class PtyProcess implements AutoCloseable {
  private static final long DELAY_MILLIS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern QUESTION = Pattern.compile("\u001B\\[(?:(6n)|(c)|\\?(\\d+)\\$p)");

  private final Process process;
  private final Thread eye;
  private final OutputStream keyboard;
  private final StringBuilder screen = new StringBuilder();
  private int looked;
  private final AtomicInteger unanswered = new AtomicInteger();

  private PtyProcess(Map<String, String> environment, List<String> command) throws IOException {
    String line =
        "stty cols 80 rows 24; exec "
            + command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    ProcessBuilder builder = new ProcessBuilder("script", "-qefc", line, "/dev/null");
    builder.environment().putAll(environment);
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().remove("TERM_PROGRAM");
    process = builder.redirectErrorStream(true).start();
    keyboard = process.getOutputStream();
    eye = new Thread(this::look, "terminal");
    eye.setDaemon(true);
    eye.start();
  }

  /** Starts the chat. */
  static PtyProcess start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    for (String name : List.of("java.io", "java.lang")) {
      command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
    }
    command.add("-Dorg.jline.terminal.pty.fileDescriptorCreationMode=reflection");
    command.add("-Dorg.jline.terminal.exec.redirectPipeCreationMode=reflection");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Chat.class.getName());
    command.addAll(List.of(arguments));
    return new PtyProcess(environment, command);
  }

  private void look() {
    byte[] bytes = new byte[8192];
    try (InputStream in = process.getInputStream()) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        see(new String(bytes, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException ended) {
      // The terminal is gone.
    }
  }

  private synchronized void see(String shown) {
    screen.append(shown);
    Matcher question = QUESTION.matcher(screen);
    while (question.find(looked)) {
      looked = question.end();
      answerLate(question);
    }
  }

  private synchronized boolean saw(String text) {
    return screen.indexOf(text) >= 0;
  }

  private void answerLate(Matcher question) {
    String answer =
        question.group(1) != null
            ? "\u001B[5;1R"
            : question.group(2) != null ? "\u001B[?62;c" : "\u001B[?" + question.group(3) + ";2$y";
    unanswered.incrementAndGet();
    CompletableFuture.delayedExecutor(DELAY_MILLIS, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              type(answer);
              unanswered.decrementAndGet();
            });
  }

  /** Presses keys. */
  void type(String keys) {
    try {
      keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Waits until {@code text} was shown. */
  void await(String text) {
    Awaitility.await("no " + text + " was shown").atMost(PATIENCE).until(() -> saw(text));
  }

  /** Waits until every question was answered. */
  void awaitAnswers() {
    Awaitility.await().atMost(PATIENCE).until(() -> unanswered.get() == 0);
  }

  /** Tells the chat to end, as the system does when it shuts down. */
  void terminate() {
    try (Stream<ProcessHandle> all = process.descendants()) {
      all.filter(one -> one.info().command().orElse("").endsWith("java"))
          .forEach(ProcessHandle::destroy);
    }
  }

  /** Waits for the end, and returns all that was shown. */
  String screenAtTheEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the chat does not end");
    }
    eye.join();
    synchronized (this) {
      return screen.toString();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
