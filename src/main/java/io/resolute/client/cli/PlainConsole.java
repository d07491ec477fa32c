package io.resolute.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 in and out, nothing else: for scripts. Errors have a stream of their own. */
final class PlainConsole implements Console {
  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;

  PlainConsole(InputStream in, OutputStream out, OutputStream err) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable String readLine(String prompt) {
    try {
      return in.readLine();
    } catch (IOException noMore) {
      return null;
    }
  }

  @Override
  public void print(String line) {
    out.println(line);
  }

  @Override
  public void printError(String line) {
    err.println(line);
  }

  @Override
  public void close() {
    out.flush();
    err.flush();
  }
}
