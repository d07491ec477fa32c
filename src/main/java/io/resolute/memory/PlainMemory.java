package io.resolute.memory;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Memory outside the Java heap that is wiped, and nothing more. */
final class PlainMemory implements SecretMemory {
  private final ByteBuffer bytes;
  private final String mend;
  private boolean closed;

  PlainMemory(int bytes, String mend) {
    this.bytes = ByteBuffer.allocateDirect(bytes);
    this.mend = mend;
  }

  @Override
  public Protection protection() {
    return new Protection(false, false, mend);
  }

  @Override
  public synchronized void use(Consumer<ByteBuffer> work) {
    if (closed) {
      throw new IllegalStateException("the memory is given back");
    }
    work.accept(bytes);
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (int i = 0; i < bytes.capacity(); i++) {
      bytes.put(i, (byte) 0);
    }
  }
}
