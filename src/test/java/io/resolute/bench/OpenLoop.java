package io.resolute.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Has senders take turns at a pace, on their lane, until all is sent that was due while it was
 * measured: also what the server, or the bench, has held up until after that.
 */
final class OpenLoop implements Runnable {
  // Beyond these the bench would run out of memory before the server did. Copies count: of what
  // goes
  // to many the bench holds less, but has more to check.
  private static final long MOST_AWAITED = 200_000;
  private static final long MOST_BYTES_AWAITED = 256 << 20;

  // More of them would wait for each other, and what arrives for them.
  private static final int MOST_A_TURN = 1000;

  // So that the end is seen soon, however rare the messages are.
  private static final long MOST_WAITED_NANOS = 50_000_000;

  private final Traffic traffic;
  private final List<Conversation.Member> senders;
  private final Pace pace;
  private final Duration patience;
  private final CompletableFuture<Void> ended;

  /**
   * @param patience for how long after it was measured it may still have something to send
   * @param ended is completed with the last message
   */
  OpenLoop(
      Traffic traffic,
      List<Conversation.Member> senders,
      Pace pace,
      Duration patience,
      CompletableFuture<Void> ended) {
    this.traffic = traffic;
    this.senders = senders;
    this.pace = pace;
    this.patience = patience;
    this.ended = ended;
  }

  @Override
  public void run() {
    if (isOver()) {
      ended.complete(null);
      return;
    }
    for (int i = 0; i < MOST_A_TURN && isDue() && hasRoom(); i++) {
      Conversation.Member sender = senders.get((int) (pace.taken() % senders.size()));
      sender.say(pace.take());
    }
    traffic.lane().flush();
    long wait = Math.min(MOST_WAITED_NANOS, Math.max(1, pace.untilDue(System.nanoTime())));
    var unused = traffic.lane().loop().schedule(this, wait, TimeUnit.NANOSECONDS);
  }

  private boolean hasRoom() {
    long awaited = traffic.awaited();
    return awaited < MOST_AWAITED && awaited * traffic.size() < MOST_BYTES_AWAITED;
  }

  private boolean isDue() {
    return pace.untilDue(System.nanoTime()) <= 0
        && (traffic.isFlowing() || pace.behind(traffic.until()) > 0);
  }

  private boolean isOver() {
    if (traffic.isFlowing() || traffic.hasFailed()) {
      return traffic.hasFailed();
    }
    long behind = pace.behind(traffic.until());
    if (behind > 0 && System.nanoTime() - traffic.until() > patience.toNanos()) {
      traffic.failed(
          String.format(
              "the rate is too high: %d messages were not sent %.1f s after the last was due",
              behind, patience.toMillis() / 1e3));
    }
    return behind == 0 || traffic.hasFailed();
  }
}
