package io.resolute.memory;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Calls of the C library, as POSIX.1-2017 and its successor (getentropy) have them. */
final class Posix {
  static {
    Native.register(Posix.class, Platform.C_LIBRARY_NAME);
  }

  private Posix() {}

  static native int getpagesize();

  static native @Nullable Pointer mmap(
      @Nullable Pointer address,
      NativeLong length,
      int protection,
      int flags,
      int file,
      NativeLong offset);

  static native int munmap(Pointer address, NativeLong length);

  static native int mprotect(Pointer address, NativeLong length, int protection);

  static native int mlock(Pointer address, NativeLong length);

  /** Fills a direct buffer of at most 256 bytes from the system's generator. */
  static native int getentropy(ByteBuffer bytes, NativeLong length);
}
