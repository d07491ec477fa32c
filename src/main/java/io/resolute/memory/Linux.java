package io.resolute.memory;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/** Calls of the C library that Linux alone has, or has with these numbers. */
final class Linux {
  static {
    Native.register(Linux.class, Platform.C_LIBRARY_NAME);
  }

  private Linux() {}

  static native int madvise(Pointer address, NativeLong length, int advice);

  static native int prctl(
      int option, NativeLong first, NativeLong second, NativeLong third, NativeLong fourth);
}
