package io.resolute.testing;

import java.lang.management.ManagementFactory;

/** The heap of the test's own process. */
public final class Heap {
  private static final int ROUNDS = 3;

  private Heap() {}

  /** Returns how many bytes are in use after what is unreachable has been collected. */
  public static long used() {
    for (int i = 0; i < ROUNDS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
