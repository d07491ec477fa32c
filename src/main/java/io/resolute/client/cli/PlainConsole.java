package io.resolute.client.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 in and out, nothing else: for scripts. Errors have a stream of their own. */
final class PlainConsole implements Console {
  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;
  private boolean endedWithReturn;

  PlainConsole(InputStream in, OutputStream out, OutputStream err) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
  }

  @Override
  public boolean isForPeople() {
    return false;
  }

  @Override
  public @Nullable String readLine(String prompt) {
    try {
      return nextLine();
    } catch (IOException noMore) {
      return null;
    }
  }

  /** As {@link BufferedReader#readLine}, which would take a line of any length. */
  private @Nullable String nextLine() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    if (c == '\n' && endedWithReturn) {
      c = in.read();
    }
    endedWithReturn = false;
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n' && c != '\r'; c = in.read()) {
      // One more than fits shows that it does not.
      if (line.length() <= LineEditor.MAX_CHARS) {
        line.append((char) c);
      }
    }
    endedWithReturn = c == '\r';
    return line.toString();
  }

  @Override
  public boolean hasMore() {
    try {
      in.mark(1);
      if (!endedWithReturn || !in.ready() || in.read() != '\n') {
        in.reset();
      }
      return in.ready();
    } catch (IOException noMore) {
      return false;
    }
  }

  @Override
  public void print(String line) {
    out.println(line);
  }

  @Override
  public void printInvite(String link, List<String> explanation) {
    print(link);
    explanation.forEach(this::print);
  }

  @Override
  public void drawInvite() {
    printError("! a QR code is drawn on a terminal only");
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
