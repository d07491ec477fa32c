package io.resolute.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * The least that a relay on Netty can do: whole WebSocket frames go over TLS from one connection to
 * the other that asked for the same path. Nothing is parsed, kept or checked. What it costs is the
 * floor of what a relay of this stack can cost. One event loop, with the turns, the allocator and
 * the options of the JVM of the server; flushes once a turn.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that fails is gone.
public final class BareRelay {
  private static final int LARGEST_FRAME = 1 << 16;
  private static final int BACKLOG = 1024;

  // As the server's: with more a turn, a message costs more where many connections talk.
  private static final int SOCKETS = 64;

  private final Map<String, Channel> waiting = new HashMap<>();
  private final SslContext tls;

  private BareRelay(File certificate, File key) throws Exception {
    tls =
        SslContextBuilder.forServer(certificate, key)
            .sslProvider(SslProvider.OPENSSL_REFCNT)
            .build();
  }

  /** Serves on a free port of the loopback, which it prints, until it is killed. */
  public static void main(String[] args) throws Exception {
    BareRelay relay = new BareRelay(new File(args[0]), new File(args[1]));
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, EpollIoHandler.newFactory(SOCKETS, DefaultSelectStrategyFactory.INSTANCE));
    Channel server =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childHandler(relay.pipeline())
            .bind("localhost", 0)
            .sync()
            .channel();
    System.out.println(
        "Listening on wss://localhost:"
            + ((InetSocketAddress) server.localAddress()).getPort()
            + "/");
    server.closeFuture().sync();
  }

  private ChannelInitializer<Channel> pipeline() {
    WebSocketServerProtocolConfig webSocket =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .checkStartsWith(true)
            .maxFramePayloadLength(LARGEST_FRAME)
            .withUTF8Validator(false)
            .build();
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(
                tls.newHandler(channel.alloc()),
                new HttpServerCodec(),
                new HttpObjectAggregator(LARGEST_FRAME),
                new WebSocketServerProtocolHandler(webSocket),
                new End());
      }
    };
  }

  private final class End extends ChannelInboundHandlerAdapter {
    private Channel other;
    private boolean written;

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
      if (event instanceof HandshakeComplete handshake) {
        Channel first = waiting.remove(handshake.requestUri());
        if (first == null) {
          waiting.put(handshake.requestUri(), ctx.channel());
        } else {
          other = first;
          first.pipeline().get(End.class).other = ctx.channel();
        }
      }
      super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof WebSocketFrame frame && other != null) {
        other.write(frame, other.voidPromise());
        written = true;
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      if (written) {
        written = false;
        other.flush();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      if (other != null) {
        other.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
