package io.resolute.gateway;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The relay's, which shows what it gives outside the heap. */
final class WatchingAllocator extends AbstractByteBufAllocator {
  private final List<ByteBuf> given = new ArrayList<>();

  /** Returns the buffers outside the heap, in the order in which they were given. */
  List<ByteBuf> given() {
    return given;
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return WipingAllocator.INSTANCE.heapBuffer(initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    ByteBuf buffer = WipingAllocator.INSTANCE.directBuffer(initialCapacity, maxCapacity);
    given.add(buffer);
    return buffer;
  }

  @Override
  public boolean isDirectBufferPooled() {
    return true;
  }
}
