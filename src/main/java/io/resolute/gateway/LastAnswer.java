package io.resolute.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.impl.ShutdownEvent;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends an HTTP connection with its first answer of an error status, whoever gives it: Vert.x, too,
 * answers what it cannot parse. What the client has sent behind is read for a moment and thrown
 * away, because a socket that is closed with bytes unread takes the answer with it (RFC 9112 §9.6).
 *
 * <p>Closes it, too, when more requests wait than may, and passes no bodies on: Vert.x would
 * collect all that comes behind answers that nobody reads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails shows in channelInactive.
final class LastAnswer extends ChannelDuplexHandler {
  private static final Duration LINGER = Duration.ofSeconds(2);

  // Browsers do not pipeline: one request at a time comes from them. Vert.x has no bound,
  // neither of what waits nor of the answers that nobody reads.
  static final int MOST_UNANSWERED = 16;

  private enum State {
    /** Requests are passed on. */
    OPEN,
    /** The last answer is being given. */
    REFUSING,
    /** The last answer has been given, or too many requests were waiting. */
    OVER
  }

  private State state = State.OPEN;
  private int unanswered;
  private boolean interim;

  /** Watches a connection of Vert.x that has asked for nothing yet. */
  static void watch(Channel socket) {
    socket.pipeline().addBefore(WebSocketPeer.VERTX_HANDLER, null, new LastAnswer());
  }

  /** The connection is a WebSocket now. */
  static void dismiss(Channel socket) {
    if (socket.pipeline().get(LastAnswer.class) != null) { // It goes with a socket that is gone.
      socket.pipeline().remove(LastAnswer.class);
    }
  }

  /** Closes a connection that is watched, whether or not it has read its last answer. */
  static void cut(Channel socket) {
    ChannelHandlerContext watcher = socket.pipeline().context(LastAnswer.class);
    if (watcher != null) {
      watcher.close();
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (state == State.OVER && message instanceof HttpObject) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    if (message instanceof HttpResponse answer) {
      interim = answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (answer.status().code() >= HttpResponseStatus.BAD_REQUEST.code()) {
        answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        state = State.REFUSING;
      }
    }
    ChannelPromise done = promise;
    if (message instanceof LastHttpContent && !interim) {
      done = promise.unvoid().addListener(taken -> unanswered--); // Written to the socket by then.
    }
    if (state == State.REFUSING && message instanceof LastHttpContent) {
      state = State.OVER;
      ctx.write(message, done).addListener((ChannelFuture written) -> endOutput(written, ctx));
    } else {
      ctx.write(message, done);
    }
  }

  private static void endOutput(ChannelFuture written, ChannelHandlerContext ctx) {
    if (!written.isSuccess()) {
      ctx.close();
      return;
    }
    ctx.channel().config().setAutoRead(true); // Vert.x stops reading at pipelined requests.
    ctx.pipeline()
        .get(SslHandler.class)
        .closeOutbound()
        .addListener(told -> ((DuplexChannel) ctx.channel()).shutdownOutput());
    ctx.executor().schedule(() -> ctx.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (state != State.OVER && message instanceof HttpRequest && ++unanswered > MOST_UNANSWERED) {
      state = State.OVER;
      ctx.close();
    }
    if (state == State.OVER) {
      ReferenceCountUtil.release(message);
    } else if (isBody(message)) {
      ReferenceCountUtil.release(message);
      if (message instanceof LastHttpContent) {
        ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
      }
    } else {
      ctx.fireChannelRead(message);
    }
  }

  /** No request here has a use for one. Vert.x answers what cannot be read, and has to see it. */
  private static boolean isBody(Object message) {
    return message instanceof HttpContent content
        && !(message instanceof HttpRequest)
        && content.decoderResult().isSuccess();
  }

  /** Vert.x closes by itself after some answers, and at once. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (state == State.OVER) {
      ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
    } else {
      ctx.close(promise);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (state == State.OVER && event instanceof ShutdownEvent) {
      ctx.close();
    }
    ctx.fireUserEventTriggered(event);
  }
}
