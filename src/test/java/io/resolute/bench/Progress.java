package io.resolute.bench;

import java.io.PrintStream;

/** Says on standard error what the bench is at, once a second, on one line where that is seen. */
final class Progress {
  /** Names the property that says whether standard error is a terminal. */
  static final String TERMINAL = "bench.terminal";

  private static final long EVERY_NANOS = 1_000_000_000L;

  private final PrintStream out;
  private final boolean quiet;
  private final boolean terminal = Boolean.getBoolean(TERMINAL);
  private long last;

  Progress(PrintStream out, boolean quiet) {
    this.out = out;
    this.quiet = quiet;
  }

  /** Says it if nothing was said for a second. */
  void show(String what) {
    long now = System.nanoTime();
    if (!quiet && now - last >= EVERY_NANOS) {
      last = now;
      out.print(terminal ? "\r\033[K" + what : what + System.lineSeparator());
      out.flush();
    }
  }

  /** Says it in any case. */
  void say(String what) {
    if (!quiet) {
      out.print((terminal ? "\r\033[K" : "") + what + System.lineSeparator());
    }
  }

  /** Leaves a clean line behind. */
  void done() {
    if (!quiet && terminal) {
      out.print("\r\033[K");
    }
  }
}
