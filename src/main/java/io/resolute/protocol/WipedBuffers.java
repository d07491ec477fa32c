package io.resolute.protocol;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.RecyclerPool;
import java.util.Arrays;

/** Jackson's buffers, which are used again and again: none is given back before it is wiped. */
final class WipedBuffers extends RecyclerPool.ConcurrentDequePoolBase<BufferRecycler> {
  private static final long serialVersionUID = 1L;

  WipedBuffers() {
    super(SERIALIZATION_NON_SHARED);
  }

  @Override
  public BufferRecycler createPooled() {
    return new Buffers();
  }

  private static final class Buffers extends BufferRecycler {
    @Override
    public void releaseByteBuffer(int kind, byte[] buffer) {
      Arrays.fill(buffer, (byte) 0);
      super.releaseByteBuffer(kind, buffer);
    }

    @Override
    public void releaseCharBuffer(int kind, char[] buffer) {
      Arrays.fill(buffer, '\0');
      super.releaseCharBuffer(kind, buffer);
    }
  }
}
