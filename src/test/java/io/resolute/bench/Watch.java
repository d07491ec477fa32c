package io.resolute.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waits for what the lanes do, on the thread that has begun it, and says once a second how far they
 * are: on one line where that is seen on a terminal.
 */
final class Watch {
  /** Names the property that says whether standard error is a terminal. */
  static final String TERMINAL = "bench.terminal";

  private static final String CLEAR_LINE = "\r\033[K";
  private static final long EVERY_NANOS = 1_000_000_000L;
  private static final int POLL_MILLIS = 50;

  private final PrintWriter out;
  private final boolean quiet;
  private final Duration patience;
  private final boolean terminal = Boolean.getBoolean(TERMINAL);
  private long last;

  /**
   * @param out where it says so, unless it is to be quiet
   * @param patience how long nothing may move before that is taken for a fault
   */
  Watch(PrintWriter out, boolean quiet, Duration patience) {
    this.out = out;
    this.quiet = quiet;
    this.patience = patience;
  }

  Duration patience() {
    return patience;
  }

  /** Says it if nothing was said for a second. */
  void show(String what) {
    long now = System.nanoTime();
    if (!quiet && now - last >= EVERY_NANOS) {
      last = now;
      out.print(terminal ? CLEAR_LINE + what : what + System.lineSeparator());
      out.flush();
    }
  }

  /** Says it in any case. */
  void say(String what) {
    if (!quiet) {
      out.print((terminal ? CLEAR_LINE : "") + what + System.lineSeparator());
      out.flush();
    }
  }

  /** Leaves a clean line behind. */
  void done() {
    if (!quiet) {
      clear(out);
    }
  }

  /** Takes away what is said on the last line, where that is a terminal's. */
  static void clear(PrintWriter out) {
    if (Boolean.getBoolean(TERMINAL)) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }

  /**
   * Lets time pass, and says how fast something grows meanwhile.
   *
   * @param what it is that is counted
   * @param check is run again and again, and throws {@link Fault} where that is to end it
   */
  void follow(String phase, Duration duration, String what, LongSupplier count, Runnable check) {
    long begin = System.nanoTime();
    long before = count.getAsLong();
    while (System.nanoTime() - begin < duration.toNanos()) {
      pause(POLL_MILLIS);
      check.run();
      double seconds = (System.nanoTime() - begin) / 1e9;
      show(
          String.format(
              "%s: %.0f of %d s, %,.0f %s a second",
              phase, seconds, duration.toSeconds(), (count.getAsLong() - before) / seconds, what));
    }
  }

  /**
   * Waits until something is so, and returns whether it is: not if nothing has moved for longer
   * than the patience lasts.
   *
   * @param moves a number that is another one when something has moved
   * @param check as that of {@link #follow}
   */
  boolean await(BooleanSupplier so, LongSupplier moves, Runnable check) {
    return await(so, moves, patience, check);
  }

  /** As the other one, with a patience of its own. */
  boolean await(BooleanSupplier so, LongSupplier moves, Duration patience, Runnable check) {
    long since = System.nanoTime();
    long before = moves.getAsLong();
    while (!so.getAsBoolean()) {
      check.run();
      long now = moves.getAsLong();
      if (now != before) {
        before = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > patience.toNanos()) {
        return false;
      }
      pause(POLL_MILLIS);
    }
    return true;
  }

  /** Waits until something is so, and returns whether it is: not for longer than {@code most}. */
  static boolean pauseUntil(BooleanSupplier so, Duration most) {
    long begin = System.nanoTime();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() - begin >= most.toNanos()) {
        return false;
      }
      pause(POLL_MILLIS);
    }
    return true;
  }

  /** Does nothing for a while. */
  static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new Fault("interrupted", e);
    }
  }
}
