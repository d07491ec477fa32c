package io.resolute.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.resolute.config.LimitsConfig;
import io.resolute.config.RatesConfig;
import io.resolute.config.ServerConfig;
import io.resolute.config.TimeoutsConfig;
import io.resolute.protocol.CloseCode;
import io.vertx.core.internal.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket's frames, RFC 6455 §5 to §7: puts messages together, answers pings, and sees to the
 * closing handshake, each violation with its code.
 *
 * <p>Vert.x accepts the handshake; from then on this handler stands in front of its own in the
 * pipeline, or in its place, and takes every frame, because Vert.x passes on malformed UTF-8, lets
 * the queue of a slow reader grow, and ends most violations without a close frame. Writes are
 * flushed once a turn of the event loop. To be used on the channel's event loop alone.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // What fails shows in exceptionCaught or channelInactive.
final class WebSocketPeer extends ChannelInboundHandlerAdapter implements Connection.Client {
  /** Who hears of a socket's messages; called in the context that the peer was made with. */
  interface Listener {
    /**
     * Takes one text message.
     *
     * @param text well-formed UTF-8, which may be overwritten once the method returns
     */
    void onMessage(byte[] text);

    /**
     * One of the sides has begun to close, or the socket is gone: no message follows, and what is
     * sent arrives no more. Comes once.
     */
    void onEnding();

    /** The socket is gone; nothing follows. */
    void onClosed();
  }

  /**
   * What a socket is held to.
   *
   * @param message bytes of one message
   * @param sendQueue bytes that wait to be written
   * @param write how long what is sent may wait to be taken
   * @param close how long the closing handshake may take
   * @param rates how fast it may send
   */
  record Limits(int message, int sendQueue, Duration write, Duration close, RatesConfig rates) {
    static Limits of(ServerConfig config) {
      LimitsConfig limits = config.limits();
      TimeoutsConfig timeouts = config.timeouts();
      return new Limits(
          limits.message(), limits.sendQueue(), timeouts.write(), timeouts.close(), config.rates());
    }
  }

  static final String VERTX_HANDLER = "handler";

  private static final Duration CLOSE_SOON = Duration.ofSeconds(1);
  private static final int LAST_CLOSE_CODE = 4999;
  // What may be read before it can be taken, beside one message. One read holds 64 KiB, which is
  // all of it while the other side is there; the rest is for one that has gone behind its last
  // words, should they soon be taken.
  private static final int READ_AHEAD = 256 << 10;

  private enum State {
    OPEN,
    CLOSING,
    CLOSED
  }

  private final ContextInternal context;
  private final Limits limits;
  private final EventLoopTurn turn;
  private final Listener listener;
  private final Runnable flushTask = this::flush;
  private ByteBuf fragments = Unpooled.EMPTY_BUFFER;
  private final ChannelHandlerContext channel;
  private final Intake intake;
  private State state = State.OPEN;
  private boolean flushScheduled;
  private long lastHeard;
  private long probeSent;
  private boolean probing;
  private @Nullable Future<?> hardClose;

  /**
   * Takes over the frames of a WebSocket that Vert.x has accepted.
   *
   * @param context the context in which {@code listener} is called, on the socket's event loop
   * @param turn the turns of the socket's event loop
   */
  WebSocketPeer(
      ContextInternal context,
      Channel socket,
      Limits limits,
      EventLoopTurn turn,
      Listener listener) {
    this.context = context;
    this.turn = turn;
    this.lastHeard = turn.getAsLong();
    this.limits = limits;
    this.listener = listener;
    socket.config().setAllocator(WipingAllocator.INSTANCE); // Join keys pass through here.
    ChannelPipeline pipeline = socket.pipeline();
    if (pipeline.get(ChunkedWriteHandler.class) != null) {
      pipeline.remove(ChunkedWriteHandler.class); // It is for files, and every frame passes it.
    }
    pipeline.addBefore(VERTX_HANDLER, "resolute-utf8", new Utf8Check());
    pipeline.addBefore(VERTX_HANDLER, "resolute-frames", this);
    this.channel = pipeline.context(this);
    this.intake =
        new Intake(
            socket,
            limits.rates(),
            turn,
            limits.message() + READ_AHEAD,
            this::receive,
            this::expel);
  }

  /**
   * Ends the part of Vert.x in a socket whose frames a peer takes, all of them. Half of what a
   * socket costs in heap is queues that it would never use.
   */
  static void dismissVertx(Channel socket) {
    if (socket.pipeline().get(VERTX_HANDLER) != null) {
      socket.pipeline().remove(VERTX_HANDLER);
    }
  }

  /** Returns how long nothing, not a byte, has come from the other side. */
  Duration unheard() {
    return Duration.ofNanos(turn.getAsLong() - lastHeard);
  }

  /**
   * Returns how long the other side has been silent, though it was listened to: who is faster than
   * it may be is not read from, and what it answers to pings neither.
   */
  Duration silence() {
    Duration unheard = unheard();
    Duration paidFor = intake.paidFor();
    return unheard.compareTo(paidFor) < 0 ? unheard : paidFor;
  }

  /**
   * Queues a text message. Closes the socket instead if more bytes wait for it than they may.
   *
   * @param text well-formed UTF-8
   */
  @Override
  public void send(byte[] text) {
    send(text, WipingAllocator.INSTANCE);
  }

  /** As {@link #send(byte[])}, from memory that is not wiped before it is used again. */
  @Override
  public void sendOpen(byte[] text) {
    send(text, PooledByteBufAllocator.DEFAULT);
  }

  private void send(byte[] text, ByteBufAllocator allocator) {
    if (state == State.OPEN && hasRoom()) {
      channel.write(TextFrame.encode(allocator, text), channel.voidPromise());
      scheduleFlush();
    }
  }

  /** Asks the other side whether it is there. */
  void ping() {
    if (state == State.OPEN && hasRoom()) {
      channel.write(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER), channel.voidPromise());
      scheduleFlush();
    }
  }

  /**
   * Closes the socket if what was sent to the other side waits for too long to be taken; to be
   * called every so often.
   */
  void requireProgress() {
    if (probing) {
      if (turn.getAsLong() - probeSent > limits.write().toNanos()) {
        close(CloseCode.SLOW_CONSUMER, CLOSE_SOON);
      }
    } else if (state == State.OPEN && waitingBytes() > 0) {
      // Taken once everything before it is.
      probing = true;
      probeSent = turn.getAsLong();
      channel
          .writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER))
          .addListener(taken -> probing = false);
    }
  }

  @Override
  public void spend(int messages, long bytes) {
    intake.spend(messages, bytes);
  }

  @Override
  public void pause() {
    intake.pause();
  }

  @Override
  public void resume() {
    intake.resume();
  }

  @Override
  public void expel() {
    close(CloseCode.POLICY_VIOLATION, CLOSE_SOON);
  }

  /** Begins the closing handshake; the other side has the configured time to complete it. */
  void close(CloseCode code) {
    close(code, limits.close());
  }

  /**
   * Says why, and ends the socket soon, whatever the other side does.
   *
   * @param reason for people
   */
  void refuse(CloseCode code, String reason) {
    close(code, reason, CLOSE_SOON);
  }

  private void close(CloseCode code, Duration patience) {
    close(code, code.reason(), patience);
  }

  private void close(CloseCode code, String reason, Duration patience) {
    if (state == State.OPEN) {
      beginClosing(patience);
      channel.writeAndFlush(new CloseWebSocketFrame(code.code(), reason));
      intake.end(); // Behind the close frame: the other side's may be what waits.
    }
  }

  /** Says what the other side did wrong, and ends the stream without waiting for it (§7.1.7). */
  private void fail(CloseCode code) {
    if (state == State.OPEN) {
      beginClosing(CLOSE_SOON);
      channel
          .writeAndFlush(new CloseWebSocketFrame(code.code(), code.reason()))
          .addListener(written -> endOutput());
      intake.end();
    }
  }

  /** Ends one direction (§7.1.1): to close with bytes unread would reset, and lose the frame. */
  private void endOutput() {
    channel
        .pipeline()
        .get(SslHandler.class)
        .closeOutbound()
        .addListener(told -> ((DuplexChannel) channel.channel()).shutdownOutput());
  }

  private void beginClosing(Duration patience) {
    leaveOpen(State.CLOSING);
    hardClose =
        channel
            .executor()
            .schedule(() -> channel.close(), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void leaveOpen(State next) {
    boolean wasOpen = state == State.OPEN;
    state = next;
    if (wasOpen) {
      context.dispatch(nothing -> listener.onEnding());
    }
  }

  private boolean hasRoom() {
    if (waitingBytes() > limits.sendQueue()) {
      flush(); // A burst within one turn is not a slow reader.
      if (waitingBytes() > limits.sendQueue()) {
        close(CloseCode.SLOW_CONSUMER);
        return false;
      }
    }
    return true;
  }

  private long waitingBytes() {
    ChannelOutboundBuffer buffer = channel.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  private void scheduleFlush() {
    if (!flushScheduled) {
      flushScheduled = true;
      turn.atEnd(flushTask);
    }
  }

  private void flush() {
    flushScheduled = false;
    channel.flush();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof WebSocketFrame frame)) {
      ctx.fireChannelRead(message);
    } else {
      intake.add(frame);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    lastHeard = turn.getAsLong();
    ctx.fireChannelReadComplete();
  }

  private void receive(WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame close) {
      receiveClose(close);
    } else if (state == State.OPEN) {
      if (frame instanceof TextWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
        receiveText(frame);
      } else if (frame instanceof PingWebSocketFrame) {
        answerPing(frame.content());
      } else if (frame instanceof BinaryWebSocketFrame) {
        fail(CloseCode.UNSUPPORTED_DATA);
      }
    }
  }

  private void receiveText(WebSocketFrame frame) {
    ByteBuf content = frame.content();
    if (fragments.readableBytes() + content.readableBytes() > limits.message()) {
      fail(CloseCode.MESSAGE_TOO_BIG);
      return;
    }
    if (frame.isFinalFragment() && !fragments.isReadable()) {
      context.dispatch(bytes(content), listener::onMessage);
      return;
    }
    if (!fragments.isReadable()) {
      fragments.release();
      fragments = channel.alloc().directBuffer(content.readableBytes());
    }
    fragments.writeBytes(content, content.readerIndex(), content.readableBytes());
    if (frame.isFinalFragment()) {
      byte[] text = ByteBufUtil.getBytes(fragments);
      dropFragments();
      context.dispatch(text, listener::onMessage);
    }
  }

  /** Returns the bytes of a frame without a copy, as it is wiped when the frame is released. */
  private static byte[] bytes(ByteBuf content) {
    return ByteBufUtil.getBytes(content, content.readerIndex(), content.readableBytes(), false);
  }

  private void dropFragments() {
    fragments.release();
    fragments = Unpooled.EMPTY_BUFFER;
  }

  private void answerPing(ByteBuf payload) {
    if (hasRoom()) {
      channel.write(new PongWebSocketFrame(payload.retain()), channel.voidPromise());
      scheduleFlush();
    }
  }

  private void receiveClose(CloseWebSocketFrame close) {
    if (state != State.OPEN) {
      channel.close();
    } else if (close.statusCode() > LAST_CLOSE_CODE) { // Netty takes every code from 3000 on,
      fail(CloseCode.PROTOCOL_ERROR);
    } else if (!hasTextReason(close)) { // and half a character at the end of a reason.
      fail(CloseCode.INVALID_PAYLOAD);
    } else {
      beginClosing(limits.close());
      CloseWebSocketFrame echo =
          close.statusCode() < 0
              ? new CloseWebSocketFrame()
              : new CloseWebSocketFrame(close.statusCode(), "");
      // Not from the end of the pipeline, where Vert.x would add a close frame of its own.
      channel.writeAndFlush(echo).addListener(written -> channel.close());
      intake.end();
    }
  }

  /** Returns whether what stands behind the code, if anything, is well-formed UTF-8. */
  static boolean hasTextReason(CloseWebSocketFrame close) {
    ByteBuf content = close.content();
    int code = Math.min(Short.BYTES, content.readableBytes());
    return ByteBufUtil.isText(
        content,
        content.readerIndex() + code,
        content.readableBytes() - code,
        StandardCharsets.UTF_8);
  }

  /** TLS is over: no frame can come any more, whatever comes over TCP. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslCloseCompletionEvent && state == State.OPEN) {
      ctx.close();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException violation) {
      int code = violation.closeStatus().code();
      fail(CloseCode.of(code).orElse(CloseCode.PROTOCOL_ERROR));
    } else if (cause instanceof TooLongFrameException) {
      fail(CloseCode.MESSAGE_TOO_BIG);
    } else {
      ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    leaveOpen(State.CLOSED);
    if (hardClose != null) {
      hardClose.cancel(false);
    }
    intake.discard();
    dropFragments();
    context.dispatch(nothing -> listener.onClosed());
    ctx.fireChannelInactive();
  }
}
