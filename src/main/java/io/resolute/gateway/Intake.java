package io.resolute.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.resolute.config.RatesConfig;
import io.resolute.limits.Throttle;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The frames that come from a socket. They are held up, and the socket is not read, while the one
 * who takes them has enough to do, or the sender is faster than it may be. To be used on the
 * channel's event loop alone.
 */
final class Intake {
  // What a frame costs beside its payload, so that small ones are not for nothing: taking one is
  // as much work as taking some hundred bytes more.
  private static final int FRAME_COST = 512;

  // Bytes that are looked through for the other side's close frame, each frame at its cost. No
  // rate holds them up, so they have a bound.
  private static final int LAST_WORDS = 1 << 20;

  private final Channel channel;
  private final Consumer<WebSocketFrame> taker;
  private final Throttle throttle;
  private final int bound;
  private final Runnable overflow;
  private final Backlog unread;
  private boolean paused;
  private boolean throttled;
  private boolean ending;
  private long lookedThrough;
  private @Nullable Future<?> release;

  /**
   * Makes the intake of a socket that is read.
   *
   * @param rates how fast the sender may be
   * @param clock as {@link System#nanoTime}
   * @param bound bytes that may wait
   * @param taker takes each frame, which is released behind it
   * @param overflow is told when more would wait; it is to call {@link #end}
   */
  Intake(
      Channel channel,
      RatesConfig rates,
      LongSupplier clock,
      int bound,
      Consumer<WebSocketFrame> taker,
      Runnable overflow) {
    this.channel = channel;
    this.taker = taker;
    this.throttle = new Throttle(rates, clock);
    this.bound = bound;
    this.overflow = overflow;
    this.unread = new Backlog(channel.alloc());
  }

  /** Passes a frame on, at once or when nothing holds it up. */
  void add(WebSocketFrame frame) {
    if (isHeld() && !(frame instanceof PongWebSocketFrame)) { // Nobody waits for those.
      keep(frame);
    } else {
      pass(frame);
    }
  }

  /**
   * Keeps what was read before reading stopped: what one read holds, and the message that it
   * completes. Only behind the end of the stream there can be more, as Netty reads a socket that
   * the other side has ended until nothing is left, even if it is not to read.
   */
  private void keep(WebSocketFrame frame) {
    try {
      if (unread.size() + frame.content().readableBytes() <= bound) {
        unread.add(frame);
      } else {
        overflow.run();
      }
    } finally {
      frame.release();
    }
  }

  private void pass(WebSocketFrame frame) {
    try {
      // A ping is answered, as a message is.
      int messages = frame instanceof PingWebSocketFrame ? 1 : 0;
      int cost = FRAME_COST + frame.content().readableBytes();
      throttle.spend(messages, cost);
      if (ending) {
        lookedThrough += cost;
        readIfMay();
      }
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

  /** Returns for how long the sender has owed nothing, which it would be held up for. */
  Duration paidFor() {
    return throttle.paidFor();
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

  /**
   * Holds nothing up any more: there is but a close frame to wait for, and it is not waited for
   * behind more than the other side may have sent before it knew.
   */
  void end() {
    ending = true;
    flow();
  }

  private void flow() {
    while (!isHeld() && !unread.isEmpty()) {
      pass(unread.remove());
    }
    readIfMay();
  }

  private void readIfMay() {
    channel.config().setAutoRead(!isHeld() && lookedThrough <= LAST_WORDS);
  }

  private void holdIfTooFast() {
    Duration delay = throttle.delay();
    if (!throttled && !ending && !delay.isZero()) {
      throttled = true;
      readIfMay();
      release = channel.eventLoop().schedule(this::release, delay.toNanos(), TimeUnit.NANOSECONDS);
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
    unread.clear();
    if (release != null) {
      release.cancel(false); // It may be long until then.
    }
  }
}
