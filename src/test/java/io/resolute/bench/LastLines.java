package io.resolute.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The end of what a process prints, which is read on a thread of its own until it has ended. */
final class LastLines {
  private static final int KEPT = 10;
  private static final int PATIENCE_MILLIS = 1000;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Thread reader;

  /**
   * Begins to read: what nobody reads would hold the process up in the end.
   *
   * @param name of the process
   */
  LastLines(String name, BufferedReader out) {
    reader = new Thread(() -> read(out), name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(BufferedReader out) {
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

  /** Returns the last lines of a process that has ended, for people; nothing if it said nothing. */
  String words() {
    try {
      reader.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      throw new Fault("interrupted", e);
    }
    synchronized (this) {
      return lines.isEmpty() ? "" : "; it said last:\n" + String.join("\n", lines);
    }
  }
}
