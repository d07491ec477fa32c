package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What frames are that have waited, and what they take meanwhile. */
class BacklogTest {
  private static final int HEADER = 5;

  private final WatchingAllocator allocator = new WatchingAllocator();
  private final Backlog backlog = new Backlog(allocator);

  @AfterEach
  void nothingIsLeft() {
    backlog.clear();
    assertThat(allocator.given()).allMatch(buffer -> buffer.refCnt() == 0);
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  private void add(WebSocketFrame frame) {
    backlog.add(frame);
    assertThat(frame.content().readerIndex()).isZero();
    frame.release();
  }

  private void assertNext(WebSocketFrame expected) {
    WebSocketFrame frame = backlog.remove();
    assertThat(frame).isInstanceOf(expected.getClass());
    assertThat(frame.isFinalFragment()).isEqualTo(expected.isFinalFragment());
    assertThat(frame.content()).isEqualTo(expected.content());
    frame.release();
    expected.release();
  }

  @Test
  void framesComeOutAsTheyWereAndInTheirOrder() {
    List<WebSocketFrame> frames =
        List.of(
            new TextWebSocketFrame(false, 0, text("one ")),
            new PingWebSocketFrame(text("ping")),
            new ContinuationWebSocketFrame(false, 0, text("")),
            new ContinuationWebSocketFrame(true, 0, text("message")),
            new PingWebSocketFrame(text("")),
            new PongWebSocketFrame(text("pong")),
            new BinaryWebSocketFrame(text("x".repeat(70_000))),
            new TextWebSocketFrame(text("whole")),
            new CloseWebSocketFrame(1000, "bye"));
    frames.forEach(frame -> add(frame.copy()));
    frames.forEach(this::assertNext);
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void moreMayComeWhileSomeIsTakenOut() {
    int taken = 0;
    for (int i = 0; i < 1000; i++) {
      add(new TextWebSocketFrame(text("number " + i)));
      if (i % 3 != 0) {
        assertNext(new TextWebSocketFrame(text("number " + taken++)));
      }
    }
    while (!backlog.isEmpty()) {
      assertNext(new TextWebSocketFrame(text("number " + taken++)));
    }
    assertThat(taken).isEqualTo(1000);
  }

  @Test
  void framesOfOneByteTakeNoMoreThanTwiceWhatCameOverTheWire() {
    int frames = 100_000;
    int onTheWire = 7;
    for (int i = 0; i < frames; i++) {
      add(new PingWebSocketFrame(text("x")));
    }
    assertThat(backlog.size()).isEqualTo(frames * (HEADER + 1));
    assertThat(allocator.given()).hasSize(1);
    assertThat(allocator.given().get(0).capacity()).isLessThan(2 * frames * onTheWire);
  }

  @Test
  void whatOneKeepsOfAFrameIsThatFrameAlone() {
    add(new PingWebSocketFrame(text("kept")));
    add(new TextWebSocketFrame(text("x".repeat(100_000))));
    WebSocketFrame kept = backlog.remove();
    backlog.clear();
    assertThat(kept.content().toString(StandardCharsets.US_ASCII)).isEqualTo("kept");
    assertThat(kept.content().capacity()).isLessThan(100);
    kept.release();
  }

  @Test
  void whatHasWaitedIsWipedWhenAllIsTaken() {
    add(new TextWebSocketFrame(text("a key")));
    ByteBuffer memory = allocator.given().get(0).nioBuffer(HEADER, 5);
    assertThat(memory.get(0)).isEqualTo((byte) 'a');
    assertNext(new TextWebSocketFrame(text("a key")));
    assertThat(memory).isEqualTo(ByteBuffer.allocate(5));
  }

  @Test
  void whatWaitsIsWipedWhenItIsDropped() {
    add(new TextWebSocketFrame(text("a key")));
    ByteBuffer memory = allocator.given().get(0).nioBuffer(HEADER, 5);
    backlog.clear();
    assertThat(memory).isEqualTo(ByteBuffer.allocate(5));
    assertThat(backlog.isEmpty()).isTrue();
  }
}
