package io.resolute.client.cli;

import java.io.IOError;
import java.io.IOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A line that is being typed at the bottom of the terminal, and everything else above it. The
 * history of what was typed is in memory only.
 */
final class TerminalConsole implements Console {
  private final Terminal terminal;
  private final LineReader reader;

  private TerminalConsole(Terminal terminal, LineReader reader) {
    this.terminal = terminal;
    this.reader = reader;
  }

  /**
   * Takes over the terminal of this process.
   *
   * @throws IOException if input or output is none, or none that a line can be edited on
   * @throws IllegalStateException in the same cases
   */
  static TerminalConsole open() throws IOException {
    // The other providers unpack a native library into the directory for temporary files.
    Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .systemOutput(TerminalBuilder.SystemOutput.SysOut)
            .exec(true)
            .jni(false)
            .ffm(false)
            .dumb(false)
            .build();
    // Also between two lines: what is typed while one is sent must not be echoed in between.
    terminal.enterRawMode();
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            // What somebody says has exclamation marks and backslashes in it.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.BRACKETED_PASTE, true)
            .build();
    return new TerminalConsole(terminal, reader);
  }

  @Override
  public @Nullable String readLine(String prompt) {
    try {
      return reader.readLine(prompt);
    } catch (UserInterruptException | EndOfFileException | IOError noMore) {
      return null;
    } catch (IllegalStateException closed) {
      return null; // By close(), because the process is told to end.
    }
  }

  @Override
  public void print(String line) {
    reader.printAbove(line);
  }

  @Override
  public void printInvite(String link) {
    print(link);
    QrCode.lines(link).forEach(this::print);
  }

  @Override
  public void printError(String line) {
    reader.printAbove(line);
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException gone) {
      // The terminal went away before this process did.
    }
  }
}
