package io.resolute.limits;

import io.resolute.config.RatesConfig;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast one connection is read: not before what it has sent is paid for. */
public final class Throttle {
  private final LongSupplier clock;
  private final TokenBucket messages;
  private final TokenBucket bytes;

  /**
   * Makes the throttle of a connection that has sent nothing yet.
   *
   * @param clock as {@link System#nanoTime}
   */
  public Throttle(RatesConfig rates, LongSupplier clock) {
    this.clock = clock;
    long now = clock.getAsLong();
    messages = new TokenBucket(rates.messages(), now);
    bytes = new TokenBucket(rates.bytes(), now);
  }

  /**
   * Counts what the connection has sent, or what was handed to others on its behalf.
   *
   * @param messages how many
   * @param bytes of them, or of something else
   */
  public void spend(int messages, long bytes) {
    long now = clock.getAsLong();
    this.messages.take(messages, now);
    this.bytes.take(bytes, now);
  }

  /** Returns how long not to read on; zero to read on. */
  public Duration delay() {
    long now = clock.getAsLong();
    return Duration.ofNanos(Math.max(messages.missing(0, now), bytes.missing(0, now)));
  }

  /** Returns for how long everything that was sent has been paid for; zero if not all of it is. */
  public Duration paidFor() {
    long now = clock.getAsLong();
    return Duration.ofNanos(Math.min(messages.paidFor(now), bytes.paidFor(now)));
  }
}
