package io.resolute.gateway;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The time as {@link System#nanoTime} tells it, read once a turn of an event loop: what happens in
 * one turn happens at one time. To be used on that event loop alone.
 */
final class TurnClock implements LongSupplier {
  private final Executor eventLoop;
  private final LongSupplier clock;
  private boolean read;
  private long now;

  /** Makes the clock of an event loop, at whose next turns it is told what to forget. */
  TurnClock(Executor eventLoop, LongSupplier clock) {
    this.eventLoop = eventLoop;
    this.clock = clock;
  }

  @Override
  public long getAsLong() {
    if (!read) {
      eventLoop.execute(() -> read = false);
      now = clock.getAsLong();
      read = true;
    }
    return now;
  }
}
