package io.resolute.memory;

import com.sun.jna.NativeLong;
import com.sun.jna.Platform;

/** The memory of the whole process. */
public final class ProcessMemory {
  private static final int PR_SET_DUMPABLE = 4;

  private ProcessMemory() {}

  /**
   * Has the kernel write no core file of this process, and let nobody without rights over others'
   * processes read its memory or attach a debugger (PR_SET_DUMPABLE, prctl(2)).
   *
   * @return false where there is no such call
   */
  public static boolean close() {
    try {
      // Not a constant of the class, which could not be loaded where there are no native calls.
      NativeLong not = new NativeLong(0);
      return Platform.isLinux() && Linux.prctl(PR_SET_DUMPABLE, not, not, not, not) == 0;
    } catch (LinkageError noNativeCalls) {
      return false;
    }
  }
}
