package io.resolute.client.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The chat in this process, with pipes where a script has its own. */
final class Run implements AutoCloseable, Surroundings {
  private static final int PIPE_BYTES = 64 * 1024;

  private final Map<String, String> environment;
  private final InputStream input;
  private final PipedOutputStream typing;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final PipedOutputStream outputPipe = new PipedOutputStream();
  private final BufferedReader lines;
  private final CompletableFuture<Integer> exit;

  private Run(
      Map<String, String> environment, InputStream input, PipedOutputStream typing, String... args)
      throws IOException {
    this.environment = environment;
    this.input = input;
    this.typing = typing;
    this.lines =
        new BufferedReader(
            new InputStreamReader(
                new PipedInputStream(outputPipe, PIPE_BYTES), StandardCharsets.UTF_8));
    OutputStream both = new Both();
    PrintWriter out = new PrintWriter(both, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(errors, true, StandardCharsets.UTF_8);
    exit = CompletableFuture.supplyAsync(() -> Chat.run(this, out, err, args));
  }

  /** Starts the chat with an input that the test types. */
  static Run start(Map<String, String> environment, String... arguments) {
    try {
      PipedOutputStream typing = new PipedOutputStream();
      return new Run(environment, new PipedInputStream(typing), typing, arguments);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Starts the chat with an input that is there from the start. */
  static Run start(Map<String, String> environment, InputStream input, String... arguments)
      throws IOException {
    return new Run(environment, input, new PipedOutputStream(), arguments);
  }

  /** Runs the chat with no input to its end. */
  static Run finished(String... arguments) {
    try (Run run =
        new Run(Map.of(), InputStream.nullInputStream(), new PipedOutputStream(), arguments)) {
      run.exitCode();
      return run;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Waits for the end, and returns its code. */
  int exitCode() {
    return exit.orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Types a line. */
  void type(String line) throws IOException {
    typing.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    typing.flush();
  }

  /** Ends the input. */
  void endInput() throws IOException {
    typing.close();
  }

  /** Waits for the next line of output. */
  String line() throws IOException {
    return String.valueOf(lines.readLine());
  }

  /** Returns all output until now. */
  String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  /** Returns all errors until now. */
  String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      typing.close();
    } catch (IOException notConnected) {
      // There was no pipe.
    }
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public Console openConsole() {
    return new PlainConsole(input, new Both(), errors);
  }

  @Override
  public void atShutdown(Thread hook) {}

  @Override
  public void notAtShutdown(Thread hook) {}

  private final class Both extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      output.write(b);
      outputPipe.write(b);
    }

    @Override
    public void flush() throws IOException {
      outputPipe.flush();
    }
  }
}
