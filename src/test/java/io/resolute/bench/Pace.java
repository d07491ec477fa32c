package io.resolute.bench;

/**
 * When messages are to be sent at a rate, whatever the server does: those that it has held up as
 * well, so that they count from when each was to be sent, and not from when it could be.
 */
final class Pace {
  private static final double SECOND = 1e9;

  private final long begin;
  private final double interval;
  private long taken;

  /**
   * The first one is due at once.
   *
   * @param begin of {@link System#nanoTime}
   * @param rate messages a second
   */
  Pace(long begin, double rate) {
    this.begin = begin;
    this.interval = SECOND / rate;
  }

  /** Returns the nanoseconds until the next one is due; 0 or less if it is. */
  long untilDue(long now) {
    return due() - now;
  }

  /** Takes the next one, and returns when it is to be sent. */
  long take() {
    long due = due();
    taken++;
    return due;
  }

  /** Returns how many were taken. */
  long taken() {
    return taken;
  }

  /** Returns how many are due before a moment, and not taken. */
  long behind(long moment) {
    return Math.max(0, (long) Math.ceil((moment - begin) / interval) - taken);
  }

  private long due() {
    return begin + (long) (taken * interval);
  }
}
