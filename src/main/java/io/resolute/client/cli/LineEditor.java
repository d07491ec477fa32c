package io.resolute.client.cli;

import org.jline.reader.Buffer;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/**
 * A line that is being typed, which grows no longer than a message can be. What is pasted comes in
 * at one go where it can: JLine would draw the line anew for each of its characters.
 */
final class LineEditor extends LineReaderImpl {
  /** The longest message has fewer bytes, see docs/e2ee.md. */
  static final int MAX_CHARS = 32 * 1024;

  // Between two of these, others can print.
  private static final int CHARS_AT_ONCE = 4096;
  private static final int ESCAPE = 0x1B;
  private static final int DELETE = 0x7F;

  private boolean overflown;

  LineEditor(Terminal terminal) {
    super(terminal, "resolute", null);
  }

  /** Returns how wide the terminal is; 0 if nobody knows. Asks the system only if it must. */
  int columns() {
    int known = size.getColumns();
    return known == 0 ? terminal.getSize().getColumns() : known;
  }

  /**
   * Returns whether {@code line}, the one that was read last, was cut; not if it was shortened
   * after that.
   */
  boolean isCut(String line) {
    boolean cut = overflown && line.length() >= MAX_CHARS;
    overflown = false;
    return cut;
  }

  @Override
  protected boolean selfInsert() {
    boolean fits = buf.length() < MAX_CHARS && super.selfInsert();
    StringBuilder more = new StringBuilder();
    for (int taken = 0; taken < CHARS_AT_ONCE && isText(peekCharacter(1)); taken++) {
      add(readCharacter(), more);
    }
    buf.write(more);
    return fits ? true : overflow();
  }

  @Override
  public boolean beginPaste() {
    StringBuilder pasted = new StringBuilder();
    int ended = 0;
    while (ended < BRACKETED_PASTE_END.length()) {
      int c = readCharacter();
      if (c < 0) {
        break;
      }
      if (c == BRACKETED_PASTE_END.charAt(ended)) {
        ended++;
        continue;
      }
      BRACKETED_PASTE_END.substring(0, ended).chars().forEach(begun -> add(begun, pasted));
      ended = c == ESCAPE ? 1 : 0;
      if (ended == 0) {
        add(c == '\r' ? '\n' : c, pasted);
      }
    }
    buf.write(pasted);
    return true;
  }

  private void add(int character, StringBuilder text) {
    Buffer line = buf;
    if (line.length() + text.length() < MAX_CHARS) {
      text.appendCodePoint(character);
    } else {
      overflow();
    }
  }

  private boolean overflow() {
    if (!overflown) {
      overflown = true;
      printAbove("! this is longer than a message can be, and will not be sent");
      beep();
    }
    return true;
  }

  private static boolean isText(int character) {
    return character >= ' ' && character != DELETE;
  }
}
