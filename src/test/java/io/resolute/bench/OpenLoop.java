package io.resolute.bench;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Has senders take turns at a pace, on their lane, until nothing more is to be sent. */
final class OpenLoop implements Runnable {
  // Beyond it the bench would run out of memory before the server did.
  private static final long MOST_AWAITED = 200_000;

  private final Traffic traffic;
  private final List<Conversation.Member> senders;
  private final Pace pace;
  private final CompletableFuture<Void> ended;

  /**
   * @param ended is completed with the last message
   */
  OpenLoop(
      Traffic traffic,
      List<Conversation.Member> senders,
      Pace pace,
      CompletableFuture<Void> ended) {
    this.traffic = traffic;
    this.senders = senders;
    this.pace = pace;
    this.ended = ended;
  }

  @Override
  public void run() {
    if (!traffic.isFlowing()) {
      ended.complete(null);
      return;
    }
    while (pace.untilDue(System.nanoTime()) <= 0 && traffic.awaited() < MOST_AWAITED) {
      Conversation.Member sender = senders.get((int) (pace.taken() % senders.size()));
      sender.say(pace.take());
    }
    traffic.lane().flush();
    long wait = Math.max(1, pace.untilDue(System.nanoTime()));
    var unused = traffic.lane().loop().schedule(this, wait, TimeUnit.NANOSECONDS);
  }
}
