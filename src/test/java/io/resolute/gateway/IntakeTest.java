package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.resolute.config.RateConfig;
import io.resolute.config.RatesConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where frames are that are held up. */
class IntakeTest {
  private static final byte[] SECRET = "a join key".getBytes(StandardCharsets.US_ASCII);

  private static final int HEADER = 5; // Before what waits.
  private static final int BOUND = 1000;

  private final WatchingAllocator allocator = new WatchingAllocator();
  private final EmbeddedChannel channel = channel(allocator);
  private final List<String> taken = new ArrayList<>();
  private final Intake intake = intake(RatesConfig.unlimited());
  private int overflows;

  private static EmbeddedChannel channel(ByteBufAllocator allocator) {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setAllocator(allocator);
    return channel;
  }

  private Intake intake(RatesConfig rates) {
    return new Intake(channel, rates, System::nanoTime, BOUND, this::take, this::overflow);
  }

  private void overflow() {
    overflows++;
    intake.end();
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
            content.isReadable() && content.hasArray() ? "in an array" : "outside the heap",
            content.toString(StandardCharsets.US_ASCII)));
  }

  private static ByteBuf secret() {
    return WipingAllocator.INSTANCE.heapBuffer(SECRET.length).writeBytes(SECRET);
  }

  /** Holds a secret, and returns the memory that it waits in. */
  private ByteBuffer hold() {
    byte[] array = secretIn(new TextWebSocketFrame(secret()));
    assertThat(array).containsOnly(0);
    ByteBuffer memory = allocator.given().get(0).nioBuffer(HEADER, SECRET.length);
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
    assertThat(allocator.given()).isEmpty();
  }

  @Test
  void aFrameThatIsHeldUpIsInNoArrayAndWipedOnceItWasTaken() {
    intake.pause();
    ByteBuffer memory = hold();
    assertThat(taken).isEmpty();
    intake.resume();
    assertThat(taken).containsExactly("TextWebSocketFrame true outside the heap a join key");
    assertThat(allocator.given()).isNotEmpty().allMatch(buffer -> buffer.refCnt() == 0);
    assertThat(bytes(memory)).containsOnly(0);
  }

  @Test
  void aFrameThatIsHeldUpIsWipedWhenTheSocketIsGone() {
    intake.pause();
    ByteBuffer memory = hold();
    intake.discard();
    assertThat(taken).isEmpty();
    assertThat(allocator.given()).isNotEmpty().allMatch(buffer -> buffer.refCnt() == 0);
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

  @Test
  void noMoreWaitsThanMayAndTheRestIsNotKept() {
    intake.pause();
    for (int i = 0; i < 10_000; i++) {
      intake.add(new PingWebSocketFrame(oneByte()));
      assertThat(allocator.given()).allMatch(buffer -> buffer.capacity() < 2 * BOUND);
    }
    assertThat(overflows).isEqualTo(1);
    assertThat(allocator.given()).isNotEmpty().allMatch(buffer -> buffer.refCnt() == 0);
  }

  @Test
  void pongsDoNotWait() {
    intake.pause();
    for (int i = 0; i < 10_000; i++) {
      intake.add(new PongWebSocketFrame(oneByte()));
    }
    assertThat(allocator.given()).isEmpty();
    assertThat(overflows).isZero();
  }

  /** Returns how many frames of one byte may come at once of somebody with these rates. */
  private int framesAtOnce(RateConfig messages, RateConfig bytes, Supplier<WebSocketFrame> frame) {
    RateConfig none = RateConfig.unlimited();
    Intake limited = intake(new RatesConfig(none, messages, bytes, none, none));
    int frames = 0;
    while (channel.config().isAutoRead()) {
      limited.add(frame.get());
      frames++;
    }
    limited.discard();
    return frames;
  }

  private static ByteBuf oneByte() {
    return Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII);
  }

  @Test
  void aFrameIsPaidForThoughNothingIsInIt() {
    RateConfig bytes = new RateConfig(1, 65_536);
    int frames =
        framesAtOnce(
            RateConfig.unlimited(),
            bytes,
            () -> new ContinuationWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER));
    assertThat(frames).isEqualTo(129);
  }

  @Test
  void nothingIsToBeDoneForASocketThatIsGone() {
    RateConfig none = RateConfig.unlimited();
    RateConfig messages = new RateConfig(1e-6, 1);
    Intake limited = intake(new RatesConfig(none, messages, none, none, none));
    limited.spend(5, 0);
    limited.add(new PongWebSocketFrame());
    assertThat(channel.runScheduledPendingTasks()).isPositive();
    limited.discard();
    assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
  }

  @Test
  void aPingIsPaidForAsAMessage() {
    RateConfig messages = new RateConfig(1e-6, 10);
    int frames =
        framesAtOnce(messages, RateConfig.unlimited(), () -> new PingWebSocketFrame(oneByte()));
    assertThat(frames).isEqualTo(11);
  }

  @Test
  void onceItIsOverAMebibyteIsLookedThroughAndNoMoreIsRead() {
    intake.pause();
    intake.end();
    int frames = 0;
    while (channel.config().isAutoRead() && frames < 10_000) {
      intake.add(new PingWebSocketFrame(oneByte()));
      frames++;
    }
    assertThat(taken).hasSize(frames);
    assertThat(frames).isEqualTo((1 << 20) / 513 + 1);
    intake.resume();
    assertThat(channel.config().isAutoRead()).isFalse();
  }
}
