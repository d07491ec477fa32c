package io.resolute.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that tests need, where they are there. */
public final class Tool {
  private static final long PATIENCE_SECONDS = 300;

  /** What a program has printed, on both streams, and its exit status. */
  public record Result(int status, String output) {}

  private Tool() {}

  /** Returns whether a program is in the {@code PATH}. */
  public static boolean isThere(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }

  /** Returns the path of a program of the JDK that runs this. */
  public static String ofJdk(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** Runs a program to its end. */
  public static Result run(String... command) throws IOException, InterruptedException {
    return run(List.of(command));
  }

  /** Runs a program to its end. */
  public static Result run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command.get(0) + " does not end");
    }
    return new Result(process.exitValue(), output);
  }
}
