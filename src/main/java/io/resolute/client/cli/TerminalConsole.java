package io.resolute.client.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A line that is being typed at the bottom of the terminal, and everything else above it. The
 * history of what was typed is in memory only.
 */
final class TerminalConsole implements Console {
  private static final int HISTORY_LINES = 100;

  private final Terminal terminal;
  private final OutputStream screen;
  private final LineEditor editor;
  private volatile boolean reading;
  private volatile String lastInvite = "";

  /**
   * Takes over a terminal.
   *
   * @param screen where bytes go to it directly
   */
  TerminalConsole(Terminal terminal, OutputStream screen) {
    this.terminal = terminal;
    this.screen = screen;
    // Also between two lines: what is typed while one is sent must not be echoed in between.
    terminal.enterRawMode();
    editor = new LineEditor(terminal);
    editor.setCompleter(new CommandCompleter());
    editor.setVariable(LineReader.HISTORY_SIZE, HISTORY_LINES);
    // What somebody says has exclamation marks and backslashes in it.
    editor.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    editor.option(LineReader.Option.BRACKETED_PASTE, true);
  }

  /**
   * Takes over the terminal of this process.
   *
   * @throws IOException if input or output is none, or none that a line can be edited on
   * @throws IllegalStateException in the same cases
   */
  static TerminalConsole open() throws IOException {
    // The other providers unpack a native library into the directory for temporary files.
    return new TerminalConsole(
        TerminalBuilder.builder()
            .system(true)
            .systemOutput(TerminalBuilder.SystemOutput.SysOut)
            .exec(true)
            .jni(false)
            .ffm(false)
            .dumb(false)
            .encoding(StandardCharsets.UTF_8)
            // It would ask the terminal what it can, and take an answer that comes late for typed.
            .graphemeCluster(false)
            .build(),
        new FileOutputStream(FileDescriptor.out));
  }

  /** Nobody types ahead of a prompt. */
  @Override
  public boolean hasMore() {
    return false;
  }

  @Override
  public boolean isForPeople() {
    return true;
  }

  @Override
  public @Nullable String readLine(String prompt) {
    reading = true;
    try {
      String line = editor.readLine(prompt);
      while (editor.isCut(line)) {
        printError("! this was longer than a message can be, and is not sent");
        line = editor.readLine(prompt);
      }
      reading = false;
      return line;
    } catch (UserInterruptException interrupted) {
      reading = false;
      return null;
    } catch (EndOfFileException | IOError | IllegalStateException noMore) {
      if (noMore instanceof EndOfFileException && noMore.getCause() == null) {
        reading = false; // Ctrl-D, after which the editor has begun a line.
      }
      // Otherwise the terminal was closed, because the process is told to end.
      freshLine();
      return null;
    }
  }

  @Override
  public void print(String line) {
    editor.printAbove(Wrapping.wrap(line, editor.columns()));
  }

  @Override
  public void printInvite(String link, List<String> explanation) {
    lastInvite = link;
    Size size = terminal.getSize();
    int below = rows(link, size);
    for (String line : explanation) {
      below += rows(line, size);
    }
    QrCode code = QrCode.of(link);
    boolean fits = code.fits(size, below);
    if (fits) {
      editor.printAbove(code.drawn());
    }
    // Neither is wrapped: both are there to be copied.
    editor.printAbove(link);
    explanation.forEach(editor::printAbove);
    if (!fits) {
      print(
          code.fits(size, 0)
              ? "* /qr shows its QR code"
              : "* the window is too small for its QR code; make it larger, and /qr shows it");
    }
  }

  private static int rows(String line, Size size) {
    return size.getColumns() == 0 ? 1 : 1 + (line.length() - 1) / size.getColumns();
  }

  @Override
  public void drawInvite() {
    if (lastInvite.isEmpty()) {
      printError("! there is no invite yet that it could show");
      return;
    }
    Size size = terminal.getSize();
    QrCode code = QrCode.of(lastInvite);
    if (code.fits(size, 0)) {
      editor.printAbove(code.drawn());
    } else {
      printError(
          "! the window is too small: the code takes %d columns and %d lines, and there are %d and %d"
              .formatted(code.columns(), code.rows() + 1, size.getColumns(), size.getRows()));
    }
  }

  @Override
  public void printError(String line) {
    print(line);
  }

  @Override
  public void close() {
    try {
      freshLine();
      terminal.close();
    } catch (IOException | IllegalStateException gone) {
      // The terminal went away before this process did, or was given back already.
    }
  }

  /** What the shell prints next is not to stand behind what was being typed. */
  private synchronized void freshLine() {
    if (!reading) {
      return;
    }
    reading = false;
    try {
      // Not through the terminal, which JLine closes when the process is told to end.
      screen.write((LineEditor.BRACKETED_PASTE_OFF + "\r\n").getBytes(StandardCharsets.US_ASCII));
      screen.flush();
    } catch (IOException gone) {
      // There is no terminal any more.
    }
  }
}
