package io.resolute.memory;

import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;

/** The system's generator, read without a copy in the Java heap. */
final class Entropy {
  private Entropy() {}

  /**
   * Fills the first {@code count} bytes of a direct buffer.
   *
   * @return false if the system's generator cannot be asked so
   */
  static boolean fill(ByteBuffer bytes, int count) {
    try {
      return LockedMemory.isSupported() && Posix.getentropy(bytes, new NativeLong(count)) == 0;
    } catch (LinkageError noNativeCalls) {
      return false;
    }
  }
}
