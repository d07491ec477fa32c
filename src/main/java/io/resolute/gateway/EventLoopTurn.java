package io.resolute.gateway;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * One turn of an event loop: what happens in it happens at one time, and what is written in it is
 * flushed when it ends. To be used on that event loop alone.
 */
final class EventLoopTurn implements LongSupplier {
  private final Executor end;
  private final LongSupplier clock;
  private final Queue<Runnable> ending = new ArrayDeque<>();
  private boolean begun;
  private long now;

  /**
   * Makes the turns of an event loop.
   *
   * @param end carries out what it is given when the turn ends, behind all its tasks
   * @param clock as {@link System#nanoTime}
   */
  EventLoopTurn(Executor end, LongSupplier clock) {
    this.end = end;
    this.clock = clock;
  }

  /** Returns the time of this turn, as {@link System#nanoTime} tells it. */
  @Override
  public long getAsLong() {
    if (!begun) {
      begun = true;
      now = clock.getAsLong();
      end.execute(this::end);
    }
    return now;
  }

  /** Has something done at the end of this turn. It may come twice, and must not throw. */
  void atEnd(Runnable task) {
    getAsLong();
    ending.add(task);
  }

  private void end() {
    begun = false;
    for (Runnable task = ending.poll(); task != null; task = ending.poll()) {
      task.run();
    }
  }
}
