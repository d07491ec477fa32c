package io.resolute.key;

import io.resolute.protocol.JoinKey;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keys whose reply may be under way. Who gets one wipes it; what nobody got is wiped when its time
 * is over. Times are those of {@link System#nanoTime}. Not for use by several threads at once.
 */
final class IssuedKeys {
  private final Deque<Issued> oldestFirst = new ArrayDeque<>();

  private record Issued(JoinKey key, long deadline) {}

  /**
   * Adds a key.
   *
   * @param deadline not before those of the others
   */
  void add(JoinKey key, long deadline) {
    oldestFirst.add(new Issued(key, deadline));
  }

  /** Wipes those whose time is over, and forgets them and what is wiped already before the rest. */
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
