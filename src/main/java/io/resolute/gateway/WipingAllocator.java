package io.resolute.gateway;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;
import io.netty.util.internal.CleanableDirectBuffer;
import io.netty.util.internal.PlatformDependent;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Buffers that are wiped before anybody else gets their memory. Netty's own come from a pool, where
 * what a client has sent lies until it is overwritten by chance. Safe for use by several threads.
 */
final class WipingAllocator extends AbstractByteBufAllocator {
  static final ByteBufAllocator INSTANCE = new WipingAllocator();

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private WipingAllocator() {
    super(false); // The frames of messages, which are read from arrays.
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return new Heap(this, initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return PlatformDependent.hasUnsafe()
        ? new UnsafeDirect(this, initialCapacity, maxCapacity)
        : new Direct(this, initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return true; // The memory is from the pool, and goes back there.
  }

  private static final class Heap extends UnpooledHeapByteBuf {
    Heap(ByteBufAllocator allocator, int initialCapacity, int maxCapacity) {
      super(allocator, initialCapacity, maxCapacity);
    }

    @Override
    protected void freeArray(byte[] array) {
      Arrays.fill(array, (byte) 0);
    }
  }

  /**
   * Begins with nothing: only what a buffer grows into is asked for in a way that can be changed.
   */
  private static final class UnsafeDirect extends UnpooledUnsafeDirectByteBuf {
    UnsafeDirect(ByteBufAllocator allocator, int initialCapacity, int maxCapacity) {
      super(allocator, false, NOTHING, maxCapacity); // Shared, as there is nothing in it.
      capacity(initialCapacity);
    }

    @Override
    protected CleanableDirectBuffer allocateDirectBuffer(int capacity) {
      return Piece.of(capacity);
    }
  }

  /** The same, where Netty does without {@code sun.misc.Unsafe}. */
  private static final class Direct extends UnpooledDirectByteBuf {
    Direct(ByteBufAllocator allocator, int initialCapacity, int maxCapacity) {
      super(allocator, NOTHING, maxCapacity);
      capacity(initialCapacity);
    }

    @Override
    protected CleanableDirectBuffer allocateDirectBuffer(int capacity) {
      return Piece.of(capacity);
    }
  }

  /** A piece of the pool. */
  private record Piece(ByteBuf memory, ByteBuffer buffer) implements CleanableDirectBuffer {
    static Piece of(int capacity) {
      ByteBuf memory = PooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity);
      return new Piece(memory, memory.internalNioBuffer(0, capacity).slice());
    }

    @Override
    public void clean() {
      memory.setZero(0, memory.capacity());
      memory.release();
    }
  }
}
