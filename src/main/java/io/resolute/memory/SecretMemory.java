package io.resolute.memory;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * A few bytes outside the Java heap, which no garbage collector copies. Safe for use by several
 * threads, one of which uses it at a time.
 */
public interface SecretMemory extends AutoCloseable {
  /** Returns {@code bytes} zeros, kept as well as this platform and the process's rights allow. */
  static SecretMemory allocate(int bytes) {
    try {
      return LockedMemory.isSupported()
          ? LockedMemory.allocate(bytes)
          : new PlainMemory(bytes, "this platform has no calls for it that are known here");
    } catch (LinkageError noNativeCalls) {
      return new PlainMemory(
          bytes,
          "the C library cannot be called, which takes a directory where files may be executed;"
              + " name one with -Djna.tmpdir=DIRECTORY");
    }
  }

  /** Returns how well it is kept. */
  Protection protection();

  /**
   * Has {@code work} read and write the bytes, as big-endian. They cannot be reached before and
   * after that.
   *
   * @param work must not keep the buffer: touching it later may end the process
   * @throws IllegalStateException if this is closed
   */
  void use(Consumer<ByteBuffer> work);

  /** Overwrites the bytes with zeros and gives them back. */
  @Override
  void close();
}
