package io.resolute.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Reads from sockets into memory of Netty's pool, whatever else of the channel is wiped: what comes
 * in under TLS can be read with its keys alone, and what comes without TLS is thrown away. Of no
 * effect where the PROXY protocol is spoken: whoever has read from a channel goes on as before.
 * Safe for use by several threads.
 */
final class CiphertextReads extends AdaptiveRecvByteBufAllocator {
  static final RecvByteBufAllocator INSTANCE = new CiphertextReads();

  private static final int READS_A_TURN = 16; // As Netty has it for streams that are not told.

  private CiphertextReads() {
    maxMessagesPerRead(READS_A_TURN);
  }

  @Override
  @SuppressWarnings("deprecation") // As Netty declares it.
  public RecvByteBufAllocator.Handle newHandle() {
    return new Pooled((RecvByteBufAllocator.ExtendedHandle) super.newHandle());
  }

  private static final class Pooled extends RecvByteBufAllocator.DelegatingHandle
      implements RecvByteBufAllocator.ExtendedHandle {
    private final RecvByteBufAllocator.ExtendedHandle sizes;

    Pooled(RecvByteBufAllocator.ExtendedHandle sizes) {
      super(sizes);
      this.sizes = sizes;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator ofChannel) {
      return PooledByteBufAllocator.DEFAULT.directBuffer(guess());
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
      return sizes.continueReading(maybeMoreData);
    }
  }
}
