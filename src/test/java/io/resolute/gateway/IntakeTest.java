package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.resolute.config.RatesConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where frames are that are held up. */
class IntakeTest {
  private static final byte[] SECRET = "a join key".getBytes(StandardCharsets.US_ASCII);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Watching allocator = new Watching();
  private final List<String> taken = new ArrayList<>();
  private final Intake intake =
      new Intake(channel, RatesConfig.unlimited(), System::nanoTime, this::take);

  /** The relay's, which shows what it gives outside the heap. */
  private static final class Watching extends AbstractByteBufAllocator {
    private final List<ByteBuf> given = new ArrayList<>();

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

  @BeforeEach
  void watchTheAllocator() {
    channel.config().setAllocator(allocator);
  }

  @AfterEach
  void closeTheChannel() {
    channel.finishAndReleaseAll();
  }

  private void take(WebSocketFrame frame) {
    ByteBuf content = frame.content();
    taken.add(
        String.format(
            "%s %s %s %s",
            frame.getClass().getSimpleName(),
            frame.isFinalFragment(),
            content.hasArray() ? "in an array" : "outside the heap",
            content.toString(StandardCharsets.US_ASCII)));
  }

  private static ByteBuf secret() {
    return WipingAllocator.INSTANCE.heapBuffer(SECRET.length).writeBytes(SECRET);
  }

  /** Holds a secret, and returns the memory that it waits in. */
  private ByteBuffer hold() {
    byte[] array = secretIn(new TextWebSocketFrame(secret()));
    assertThat(array).containsOnly(0);
    ByteBuffer memory = allocator.given.get(0).nioBuffer(0, SECRET.length);
    assertThat(bytes(memory)).isEqualTo(SECRET);
    return memory;
  }

  private byte[] secretIn(WebSocketFrame frame) {
    byte[] array = frame.content().array();
    assertThat(array).isEqualTo(SECRET);
    intake.add(frame);
    assertThat(frame.refCnt()).isZero();
    return array;
  }

  private static byte[] bytes(ByteBuffer memory) {
    byte[] bytes = new byte[SECRET.length];
    memory.get(0, bytes);
    return bytes;
  }

  @Test
  void whatNothingHoldsUpIsPassedOnInItsArrayAndWiped() {
    assertThat(secretIn(new TextWebSocketFrame(secret()))).containsOnly(0);
    assertThat(taken).containsExactly("TextWebSocketFrame true in an array a join key");
    assertThat(allocator.given).isEmpty();
  }

  @Test
  void aFrameThatIsHeldUpIsInNoArrayAndWipedOnceItWasTaken() {
    intake.pause();
    ByteBuffer memory = hold();
    assertThat(taken).isEmpty();
    intake.resume();
    assertThat(taken).containsExactly("TextWebSocketFrame true outside the heap a join key");
    assertThat(allocator.given).hasSize(1).allMatch(buffer -> buffer.refCnt() == 0);
    assertThat(bytes(memory)).containsOnly(0);
  }

  @Test
  void aFrameThatIsHeldUpIsWipedWhenTheSocketIsGone() {
    intake.pause();
    ByteBuffer memory = hold();
    intake.discard();
    assertThat(taken).isEmpty();
    assertThat(allocator.given).hasSize(1).allMatch(buffer -> buffer.refCnt() == 0);
    assertThat(bytes(memory)).containsOnly(0);
  }

  @Test
  void framesThatWereHeldUpAreWhatTheyWereAndInOrder() {
    intake.pause();
    intake.add(new TextWebSocketFrame(false, 0, secret()));
    intake.add(new PingWebSocketFrame(secret().clear()));
    intake.add(new ContinuationWebSocketFrame(true, 0, secret()));
    intake.resume();
    assertThat(taken)
        .containsExactly(
            "TextWebSocketFrame false outside the heap a join key",
            "PingWebSocketFrame true outside the heap ",
            "ContinuationWebSocketFrame true outside the heap a join key");
  }
}
