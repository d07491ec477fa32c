package io.resolute.memory;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pages of their own: locked into memory, between two pages that nobody may touch, left out of core
 * files and of child processes, and not to be touched themselves but during a use (POSIX.1-2017
 * mmap, mprotect, mlock; madvise(2) of Linux).
 */
final class LockedMemory implements SecretMemory {
  private static final int PROT_NONE = 0;
  private static final int PROT_READ_WRITE = 1 | 2;
  private static final int MAP_PRIVATE = 2;
  private static final int MAP_ANONYMOUS = Platform.isMac() ? 0x1000 : 0x20;
  private static final int MADV_DONTFORK = 10;
  private static final int MADV_DONTDUMP = 16;
  private static final long MAP_FAILED = -1;

  private final Pointer mapping;
  private final long mapped;
  private final Pointer pages;
  private final long size;
  private final ByteBuffer bytes;
  private final Protection protection;
  private boolean closed;

  /** Returns whether this platform is one whose calls are known. */
  static boolean isSupported() {
    return Platform.isLinux() || Platform.isMac();
  }

  /**
   * Maps as many pages as {@code bytes} need.
   *
   * @throws LinkageError if the C library cannot be called
   * @throws IllegalStateException if the system gives no memory
   */
  static LockedMemory allocate(int bytes) {
    int page = Posix.getpagesize();
    long size = (long) (bytes + page - 1) / page * page;
    long mapped = page + size + page;
    Pointer mapping =
        Posix.mmap(
            null,
            new NativeLong(mapped),
            PROT_NONE,
            MAP_PRIVATE | MAP_ANONYMOUS,
            -1,
            new NativeLong(0));
    if (mapping == null || Pointer.nativeValue(mapping) == MAP_FAILED) {
      throw new IllegalStateException("no memory can be mapped, errno " + Native.getLastError());
    }
    return new LockedMemory(mapping, mapped, mapping.share(page, size), size, bytes);
  }

  private LockedMemory(Pointer mapping, long mapped, Pointer pages, long size, int bytes) {
    this.mapping = mapping;
    this.mapped = mapped;
    this.pages = pages;
    this.size = size;
    this.bytes = pages.getByteBuffer(0, bytes).order(ByteOrder.BIG_ENDIAN);
    protect(PROT_READ_WRITE);
    boolean locked = Posix.mlock(pages, new NativeLong(size)) == 0;
    boolean undumped = Platform.isLinux() && advise(MADV_DONTDUMP) && advise(MADV_DONTFORK);
    this.protection = new Protection(locked, undumped, mend(locked, undumped));
    protect(PROT_NONE);
  }

  private boolean advise(int advice) {
    return Linux.madvise(pages, new NativeLong(size), advice) == 0;
  }

  private @Nullable String mend(boolean locked, boolean undumped) {
    if (!locked) {
      long kibibytes = size / 1024;
      return "the limit of locked memory is too low; raise it with ulimit -l or LimitMEMLOCK= by "
          + (kibibytes + " KiB");
    }
    return undumped ? null : "this platform has no call that leaves it out of core files";
  }

  @Override
  public Protection protection() {
    return protection;
  }

  @Override
  public synchronized void use(Consumer<ByteBuffer> work) {
    if (closed) {
      throw new IllegalStateException("the memory is given back");
    }
    protect(PROT_READ_WRITE);
    try {
      work.accept(bytes);
    } finally {
      protect(PROT_NONE);
    }
  }

  private void protect(int access) {
    if (Posix.mprotect(pages, new NativeLong(size), access) != 0) {
      throw new IllegalStateException("pages keep their rights, errno " + Native.getLastError());
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      protect(PROT_READ_WRITE);
      pages.clear(size);
      // Which unlocks them.
      Posix.munmap(mapping, new NativeLong(mapped));
    }
  }
}
