package io.resolute.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the bench, on one event loop and to be used there. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails shows in channelInactive.
final class Socket extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final int LARGEST_MESSAGE = 64 << 20;
  private static final int LARGEST_HEAD = 1 << 16;

  /** Who hears of a socket. */
  interface Listener {
    /**
     * Takes a message.
     *
     * @param message of which the first {@code length} bytes, until this method returns
     */
    void onMessage(byte[] message, int length);

    /** The socket has ended, by whomever. */
    void onClosed(String why);
  }

  private final Lane lane;
  private final Listener listener;
  private final CompletableFuture<Socket> opened = new CompletableFuture<>();
  private final boolean binary;
  private @Nullable Channel channel;
  private String end = "the connection was cut";
  private boolean flushing;

  private Socket(Lane lane, Listener listener, boolean binary) {
    this.lane = lane;
    this.listener = listener;
    this.binary = binary;
  }

  /** Opens a socket for text messages. */
  static CompletableFuture<Socket> open(Lane lane, URI uri, Listener listener) {
    return new Socket(lane, listener, false).connect(uri, null);
  }

  /** Opens a socket for binary messages in a subprotocol. */
  static CompletableFuture<Socket> open(Lane lane, URI uri, String subprotocol, Listener listener) {
    return new Socket(lane, listener, true).connect(uri, subprotocol);
  }

  private CompletableFuture<Socket> connect(URI uri, @Nullable String subprotocol) {
    WebSocketClientProtocolConfig handshake =
        WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(uri)
            .version(WebSocketVersion.V13)
            .subprotocol(subprotocol)
            .customHeaders(EmptyHttpHeaders.INSTANCE)
            .maxFramePayloadLength(LARGEST_MESSAGE)
            .handleCloseFrames(false)
            .withUTF8Validator(false)
            .handshakeTimeoutMillis(TimeUnit.SECONDS.toMillis(Tls.HANDSHAKE_SECONDS))
            .build();
    new Bootstrap()
        .group(lane.loop())
        .channel(Lane.SOCKET)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel made) {
                channel = made;
                made.pipeline()
                    .addLast(
                        lane.tls().handler(made, uri),
                        new HttpClientCodec(),
                        new HttpObjectAggregator(LARGEST_HEAD),
                        new WebSocketClientProtocolHandler(handshake),
                        new WebSocketFrameAggregator(LARGEST_MESSAGE),
                        Socket.this);
              }
            })
        .connect(uri.getHost(), uri.getPort())
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                opened.completeExceptionally(done.cause());
              }
            });
    return opened;
  }

  /** Sends a message, once {@link Lane#flush} is called. */
  void send(ByteBuf message) {
    channel.write(
        binary ? new BinaryWebSocketFrame(message) : new TextWebSocketFrame(message),
        channel.voidPromise());
    if (!flushing) {
      flushing = true;
      lane.toFlush(this);
    }
  }

  /** Returns a buffer for a message. */
  ByteBuf buffer(int size) {
    return channel.alloc().directBuffer(size);
  }

  void flush() {
    flushing = false;
    channel.flush();
  }

  /** Closes it as one should; {@link Listener#onClosed} follows. */
  void close() {
    end = "closed by the bench";
    channel.writeAndFlush(new CloseWebSocketFrame(1000, ""));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
      opened.complete(this);
    } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
      end = "the server has not answered for " + Tls.HANDSHAKE_SECONDS + " s";
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame close) {
      end = "the server closed with " + close.statusCode() + " " + close.reasonText();
      ctx.close();
      return;
    }
    ByteBuf content = frame.content();
    int length = content.readableBytes();
    byte[] scratch = lane.scratch(length);
    content.readBytes(scratch, 0, length);
    listener.onMessage(scratch, length);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    lane.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    end = cause.toString();
    opened.completeExceptionally(cause);
    ctx.close();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    lane.opened();
    super.channelActive(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lane.ended();
    if (!opened.completeExceptionally(new IOException(end))) {
      listener.onClosed(end);
    }
  }
}
