package io.resolute.client.e2ee;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The chain of another member, from the index on at which it was handed to this client. */
final class ReceiverChain {
  /** How many messages in a row may be missing. */
  static final int MAX_GAP = 256;

  /** How many keys of missing messages are kept; past it the oldest is erased. */
  static final int MAX_SKIPPED = 256;

  private final ChainId id;
  private final int first;
  private final ChainKey key;
  private final Map<Integer, byte[]> skipped = new LinkedHashMap<>();
  private int next;

  /** Starts at what was handed out, and owns its key from here on. */
  ReceiverChain(Handout handout) {
    id = handout.chain();
    first = handout.index();
    next = handout.index();
    key = new ChainKey(handout.key());
  }

  ChainId id() {
    return id;
  }

  /** Returns how many messages are missing between the latest one and the one at {@code index}. */
  int missingBefore(int index) {
    return Math.max(0, index - next);
  }

  /**
   * Takes the key of a message out of the chain, which can be done once.
   *
   * @return the key, which the caller wipes
   * @throws RejectedException with {@link Rejection#BEFORE_KEY}, {@link Rejection#REPLAYED} or
   *     {@link Rejection#GAP_TOO_LARGE}; the chain is then as it was
   */
  byte[] take(int index) throws RejectedException {
    if (index < first) {
      throw new RejectedException(Rejection.BEFORE_KEY);
    }
    if (index < next) {
      byte[] late = skipped.remove(index);
      if (late == null) {
        throw new RejectedException(Rejection.REPLAYED);
      }
      return late;
    }
    if (missingBefore(index) > MAX_GAP) {
      throw new RejectedException(Rejection.GAP_TOO_LARGE);
    }
    while (next < index) {
      skip();
    }
    next++;
    return key.step();
  }

  private void skip() {
    if (skipped.size() == MAX_SKIPPED) {
      Iterator<byte[]> oldest = skipped.values().iterator();
      Bytes.wipe(oldest.next());
      oldest.remove();
    }
    skipped.put(next, key.step());
    next++;
  }

  void wipe() {
    key.wipe();
    skipped.values().forEach(Bytes::wipe);
    skipped.clear();
  }

  @Override
  public String toString() {
    return "ReceiverChain[REDACTED]";
  }
}
