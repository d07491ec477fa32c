package io.resolute.key;

import io.resolute.protocol.JoinKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keys whose reply may be under way. Who gets one wipes it; what nobody got is wiped when its time
 * is over. Times are those of {@link System#nanoTime}. Not for use by several threads at once.
 */
final class IssuedKeys {
  private final long patience;
  private final Deque<Issued> oldestFirst = new ArrayDeque<>();

  private record Issued(JoinKey key, long deadline) {}

  /**
   * Makes an empty collection.
   *
   * @param patience how long a reply may be under way
   */
  IssuedKeys(Duration patience) {
    this.patience = patience.toNanos();
  }

  /** Adds a key that is being issued, and tidies. */
  void add(JoinKey key, long now) {
    tidy(now);
    oldestFirst.add(new Issued(key, now + patience));
  }

  /** Wipes and forgets, from the oldest on, until one is neither wiped nor over its time. */
  void tidy(long now) {
    for (Issued first = oldestFirst.peek();
        first != null && (first.key().isWiped() || first.deadline() - now <= 0);
        first = oldestFirst.peek()) {
      first.key().wipe();
      oldestFirst.remove();
    }
  }

  /** Returns how many there are. */
  int size() {
    return oldestFirst.size();
  }
}
