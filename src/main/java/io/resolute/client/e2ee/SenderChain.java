package io.resolute.client.e2ee;

import java.security.SecureRandom;

/** The chain that this client takes the keys of its own messages from. */
final class SenderChain {
  private final ChainId id;
  private final ChainKey key;
  private int index;

  private SenderChain(ChainId id, ChainKey key) {
    this.id = id;
    this.key = key;
  }

  /** Draws a chain that is at its beginning. */
  static SenderChain start(int number, SecureRandom random) {
    ChainId id = ChainId.next(number, random);
    byte[] key = new byte[ChainKey.BYTES];
    random.nextBytes(key);
    return new SenderChain(id, new ChainKey(key));
  }

  ChainId id() {
    return id;
  }

  /** Returns the index of the next message. */
  int index() {
    return index;
  }

  /** Returns whether there is no key left in it. */
  boolean isSpent() {
    return index >= ChainKey.LENGTH;
  }

  /** Returns the key of the message at {@link #index}, which the caller wipes, and moves on. */
  byte[] nextMessageKey() {
    if (isSpent()) {
      throw new IllegalStateException("a chain has " + ChainKey.LENGTH + " keys");
    }
    index++;
    return key.step();
  }

  /** Returns the chain key at {@link #index}, which the caller wipes. */
  byte[] copyKey() {
    return key.copy();
  }

  void wipe() {
    key.wipe();
  }

  @Override
  public String toString() {
    return "SenderChain[REDACTED]";
  }
}
