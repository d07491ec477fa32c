package io.resolute.bench;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends at a rate, whatever the server does: the senders take turns, and the time of each message
 * begins when it was to be sent, so that waiting for a slow server counts.
 */
final class Pace implements Runnable {
  // Beyond it the bench would run out of memory before the server did.
  private static final long MOST_AWAITED = 200_000;
  private static final double SECOND = 1e9;

  private final Traffic traffic;
  private final List<Conversation.Member> senders;
  private final double interval;
  private final CompletableFuture<Void> ended;
  private final long begin = System.nanoTime();
  private long next;

  Pace(
      Traffic traffic,
      List<Conversation.Member> senders,
      double rate,
      CompletableFuture<Void> ended) {
    this.traffic = traffic;
    this.senders = senders;
    this.interval = SECOND / rate;
    this.ended = ended;
  }

  /** Begins; to be called on the lane. */
  void start() {
    run();
  }

  @Override
  public void run() {
    if (!traffic.isFlowing()) {
      ended.complete(null);
      return;
    }
    while (due() - System.nanoTime() <= 0 && traffic.awaited() < MOST_AWAITED) {
      senders.get((int) (next % senders.size())).say(due());
      next++;
    }
    traffic.lane().flush();
    long wait = Math.max(1, due() - System.nanoTime());
    var unused = traffic.lane().loop().schedule(this, wait, TimeUnit.NANOSECONDS);
  }

  private long due() {
    return begin + (long) (next * interval);
  }
}
