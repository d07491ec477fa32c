package io.resolute.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.resolute.config.RatesConfig;
import io.resolute.limits.Throttle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The frames that come from a socket. They are held up, and the socket is not read, while the one
 * who takes them has enough to do, or the sender is faster than it may be. To be used on the
 * channel's event loop alone.
 */
final class Intake {
  // What a frame costs beside its payload, so that empty ones are not for nothing.
  private static final int FRAME_COST = 64;

  private final Channel channel;
  private final Consumer<WebSocketFrame> taker;
  private final Throttle throttle;
  private final Deque<WebSocketFrame> unread = new ArrayDeque<>();
  private boolean paused;
  private boolean throttled;
  private boolean ending;

  /**
   * Makes the intake of a socket that is read.
   *
   * @param rates how fast the sender may be
   * @param clock as {@link System#nanoTime}
   * @param taker takes each frame, which is released behind it
   */
  Intake(Channel channel, RatesConfig rates, LongSupplier clock, Consumer<WebSocketFrame> taker) {
    this.channel = channel;
    this.taker = taker;
    this.throttle = new Throttle(rates, clock);
  }

  /** Passes a frame on, at once or when nothing holds it up. */
  void add(WebSocketFrame frame) {
    if (isHeld()) {
      unread.add(outsideTheHeap(frame)); // At most what one read from the socket holds.
    } else {
      pass(frame);
    }
  }

  /**
   * Returns a frame that can wait: a join key may be in it, and arrays are copied by the garbage
   * collector. The one that was given is released.
   */
  private WebSocketFrame outsideTheHeap(WebSocketFrame frame) {
    try {
      ByteBuf content = frame.content();
      ByteBuf copy = channel.alloc().directBuffer(content.readableBytes());
      return frame.replace(copy.writeBytes(content));
    } finally {
      frame.release();
    }
  }

  private void pass(WebSocketFrame frame) {
    try {
      throttle.spend(0, FRAME_COST + frame.content().readableBytes());
      taker.accept(frame);
    } finally {
      frame.release();
    }
    holdIfTooFast();
  }

  private boolean isHeld() {
    return !ending && (paused || throttled);
  }

  /** Counts what the sender has to pay for beside its frames. */
  void spend(int messages, long bytes) {
    throttle.spend(messages, bytes);
  }

  /** Holds everything up. */
  void pause() {
    paused = true;
    flow();
  }

  /** Goes on, what came in meanwhile first. */
  void resume() {
    paused = false;
    holdIfTooFast(); // What was spent meanwhile counts before the next frame is passed on.
    flow();
  }

  /** Holds nothing up any more: there is but a close frame to wait for. */
  void end() {
    ending = true;
    flow();
  }

  private void flow() {
    while (!isHeld() && !unread.isEmpty()) {
      pass(unread.remove());
    }
    channel.config().setAutoRead(!isHeld());
  }

  private void holdIfTooFast() {
    Duration delay = throttle.delay();
    if (!throttled && !delay.isZero()) {
      throttled = true;
      channel.config().setAutoRead(!isHeld());
      var unused =
          channel.eventLoop().schedule(this::release, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void release() {
    throttled = false;
    holdIfTooFast(); // What was sent on its behalf meanwhile counts too.
    flow();
  }

  /** The socket is gone. */
  void discard() {
    ending = true;
    unread.forEach(WebSocketFrame::release);
    unread.clear();
  }
}
