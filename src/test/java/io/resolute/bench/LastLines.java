package io.resolute.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The end of what a process prints. Safe for use by several threads. */
final class LastLines {
  private static final int KEPT = 10;

  private final Deque<String> lines = new ArrayDeque<>();

  /** Reads until the process has ended: what nobody reads would hold it up in the end. */
  void read(BufferedReader out) {
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      // It was stopped.
    }
  }

  private synchronized void add(String line) {
    if (lines.size() == KEPT) {
      lines.remove();
    }
    lines.add(line);
  }

  /**
   * Returns the last of them, to stand behind what is said of the process; nothing if it said none.
   */
  synchronized String words() {
    return lines.isEmpty() ? "" : "; it said last:\n" + String.join("\n", lines);
  }
}
