package io.resolute.limits;

import io.resolute.config.RatesConfig;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What one connection may ask for, and how often it may be wrong. */
public final class Conduct {
  private final LongSupplier clock;
  private final TokenBucket commands;
  private final TokenBucket failedJoins;
  private final TokenBucket errors;

  /**
   * Makes the conduct of a connection that has done nothing yet.
   *
   * @param clock as {@link System#nanoTime}
   */
  public Conduct(RatesConfig rates, LongSupplier clock) {
    this.clock = clock;
    long now = clock.getAsLong();
    commands = new TokenBucket(rates.commands(), now);
    failedJoins = new TokenBucket(rates.failedJoins(), now);
    errors = new TokenBucket(rates.errors(), now);
  }

  /** Counts a request, and returns how long it is too early; zero if it may be carried out. */
  public Duration request() {
    return commands.takeOrWait(clock.getAsLong());
  }

  /** Returns how long it is too early to join a room; zero if it is not. */
  public Duration untilJoin() {
    return Duration.ofNanos(failedJoins.missing(1, clock.getAsLong()));
  }

  /** Counts a join with a wrong key. */
  public void joinFailed() {
    failedJoins.take(1, clock.getAsLong());
  }

  /** Counts an error, and returns whether there were too many. */
  public boolean erredTooOften() {
    return !errors.tryTake(1, clock.getAsLong());
  }
}
