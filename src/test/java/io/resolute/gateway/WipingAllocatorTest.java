package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WipingAllocatorTest {
  private static final ByteBufAllocator ALLOCATOR = WipingAllocator.INSTANCE;
  private static final byte[] SECRET = "a join key".getBytes(StandardCharsets.US_ASCII);

  private static byte[] seenThrough(ByteBuffer memory, int length) {
    byte[] bytes = new byte[length];
    memory.get(0, bytes);
    return bytes;
  }

  @Test
  void whatWasInADirectBufferIsGoneOnceItIsReleased() {
    ByteBuf buffer = ALLOCATOR.directBuffer(100).writeBytes(SECRET);
    ByteBuffer memory = buffer.nioBuffer(0, SECRET.length);
    assertThat(seenThrough(memory, SECRET.length)).isEqualTo(SECRET);
    buffer.release();
    assertThat(seenThrough(memory, SECRET.length)).containsOnly(0);
  }

  @Test
  void whatWasInADirectBufferIsGoneFromWhereItWasOnceItHasGrown() {
    ByteBuf buffer = ALLOCATOR.directBuffer(SECRET.length).writeBytes(SECRET);
    ByteBuffer before = buffer.nioBuffer(0, SECRET.length);
    buffer.writeZero(10_000);
    assertThat(seenThrough(before, SECRET.length)).containsOnly(0);
    ByteBuffer after = buffer.nioBuffer(0, SECRET.length);
    assertThat(seenThrough(after, SECRET.length)).isEqualTo(SECRET);
    buffer.release();
    assertThat(seenThrough(after, SECRET.length)).containsOnly(0);
  }

  @Test
  void whatWasInAHeapBufferIsGoneOnceItIsReleased() {
    ByteBuf buffer = ALLOCATOR.heapBuffer(100).writeBytes(SECRET);
    byte[] array = buffer.array();
    buffer.release();
    assertThat(array).containsOnly(0);
  }

  @Test
  void buffersAreArraysUnlessAskedForOtherwise() {
    ByteBuf buffer = ALLOCATOR.buffer();
    assertThat(buffer.hasArray()).isTrue(); // Which frames are read from.
    buffer.release();
  }

  @Test
  void directBuffersHaveAnAddress() {
    ByteBuf buffer = ALLOCATOR.directBuffer();
    assertThat(buffer.isDirect()).isTrue();
    assertThat(buffer.hasMemoryAddress()).isTrue(); // Which TLS and epoll read and write at.
    assertThat(buffer.alloc()).isSameAs(ALLOCATOR);
    buffer.release();
  }

  @Test
  void aBufferHoldsWhatNettysOwnWouldHowEverItGrowsAndShrinks() {
    Random random = new Random(1);
    ByteBuf buffer = ALLOCATOR.directBuffer(0);
    ByteBuf other = ByteBufAllocator.DEFAULT.directBuffer(0);
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      buffer.writeBytes(bytes);
      other.writeBytes(bytes);
      int taken = random.nextInt(other.readableBytes() + 1);
      buffer.skipBytes(taken).discardReadBytes();
      other.skipBytes(taken).discardReadBytes();
      if (i % 10 == 0) {
        buffer.capacity(buffer.writerIndex());
        other.capacity(other.writerIndex());
      }
      assertThat(buffer).isEqualTo(other);
    }
    buffer.release();
    other.release();
  }
}
