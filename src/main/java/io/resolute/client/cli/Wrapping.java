package io.resolute.client.cli;

import org.jline.utils.WCWidth;

/**
 * Breaks lines where the terminal would, but between words, and so that what follows is indented:
 * nothing that somebody wrote begins a line of the terminal, where it could be taken for a notice.
 */
final class Wrapping {
  private static final String INDENT = "  ";
  private static final int MIN_COLUMNS = 20;

  private final int columns;
  private final StringBuilder wrapped = new StringBuilder();
  private int column;

  private Wrapping(int columns) {
    this.columns = columns;
  }

  /**
   * Returns {@code line} in lines of fewer than {@code columns}. A link stays whole, so that it can
   * be copied.
   */
  static String wrap(String line, int columns) {
    if (columns < MIN_COLUMNS) {
      return line;
    }
    Wrapping wrapping = new Wrapping(columns);
    int start = 0;
    while (start < line.length()) {
      int end = start;
      while (end < line.length() && line.charAt(end) == ' ') {
        end++;
      }
      int space = line.indexOf(' ', end);
      int next = space < 0 ? line.length() : space;
      wrapping.add(line.substring(start, end), line.substring(end, next));
      start = next;
    }
    return wrapping.wrapped.toString();
  }

  private void add(String space, String word) {
    boolean first = wrapped.isEmpty();
    if (column + width(space) + width(word) < columns || first) {
      put(space);
    } else {
      breakLine();
    }
    if (word.contains("://")) {
      put(word);
    } else {
      word.codePoints().forEach(this::putBroken);
    }
  }

  private void putBroken(int c) {
    if (column + width(c) >= columns) {
      breakLine();
    }
    wrapped.appendCodePoint(c);
    column += width(c);
  }

  private void put(String text) {
    wrapped.append(text);
    column += width(text);
  }

  private void breakLine() {
    wrapped.append('\n').append(INDENT);
    column = INDENT.length();
  }

  private static int width(String text) {
    return text.codePoints().map(Wrapping::width).sum();
  }

  private static int width(int c) {
    return Math.max(0, WCWidth.wcwidth(c));
  }
}
