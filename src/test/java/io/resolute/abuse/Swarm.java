package io.resolute.abuse;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** Sockets by the thousand on two threads, whose bytes a test writes itself. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails shows in closeFuture.
final class Swarm implements AutoCloseable {
  /** What this process and the server need beside the sockets of a swarm. */
  private static final long OTHER_DESCRIPTORS = 1000;

  private static final int AT_ONCE = 200;
  private static final int PATIENCE_SECONDS = 120;
  private static final int HANDSHAKE_SECONDS = 60;
  private static final int SMALL_BUFFER = 4096;
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final SslContext tls;
  private final Semaphore opening = new Semaphore(AT_ONCE);
  private volatile boolean over;

  /** A swarm that is to come to the server at {@code port}. */
  Swarm(int port) {
    this.port = port;
    try {
      tls =
          SslContextBuilder.forClient()
              .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
              .trustManager(InsecureTrustManagerFactory.INSTANCE)
              .endpointIdentificationAlgorithm("")
              .build();
    } catch (SSLException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Fails unless this process, and the server with the same limit, may have so many sockets. A JVM
   * raises its own limit as far as it may, so that no script need do it.
   */
  static void requireSockets(int n) {
    long needed = n + OTHER_DESCRIPTORS;
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        && unix.getMaxFileDescriptorCount() < needed) {
      throw new AssertionError(
          "raise the limit of open files (ulimit -n), the hard one too, to " + needed);
    }
  }

  /** Opens TCP connections, and no more. */
  List<Channel> tcp(int n) {
    return all(n, () -> connect(false));
  }

  /** Opens connections and completes the TLS handshake. */
  List<Channel> tls(int n) {
    return all(n, this::secure);
  }

  /** Opens WebSockets. */
  List<Channel> webSockets(int n, String path) {
    return all(n, () -> webSocket(path));
  }

  private List<Channel> all(int n, Supplier<CompletableFuture<Channel>> open) {
    List<CompletableFuture<Channel>> begun = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      opening.acquireUninterruptibly();
      begun.add(open.get().whenComplete((channel, failure) -> opening.release()));
    }
    return begun.stream()
        .map(one -> one.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join())
        .toList();
  }

  private CompletableFuture<Channel> connect(boolean secure) {
    CompletableFuture<Channel> connected = new CompletableFuture<>();
    new Bootstrap()
        .group(threads)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.SO_RCVBUF, SMALL_BUFFER)
        .handler(new Pipeline(secure))
        .connect("localhost", port)
        .addListener(
            (io.netty.channel.ChannelFuture done) -> {
              if (done.isSuccess()) {
                connected.complete(done.channel());
              } else {
                connected.completeExceptionally(done.cause());
              }
            });
    return connected;
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    private final boolean secure;

    Pipeline(boolean secure) {
      this.secure = secure;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (secure) {
        SslHandler handler = tls.newHandler(channel.alloc(), "localhost", port);
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        channel.pipeline().addLast(handler);
      }
      channel.pipeline().addLast(new Listener());
    }
  }

  private CompletableFuture<Channel> secure() {
    return connect(true)
        .thenCompose(
            channel -> {
              CompletableFuture<Channel> secured = new CompletableFuture<>();
              channel
                  .pipeline()
                  .get(SslHandler.class)
                  .handshakeFuture()
                  .addListener(
                      done -> {
                        if (done.isSuccess()) {
                          secured.complete(channel);
                        } else {
                          secured.completeExceptionally(done.cause());
                        }
                      });
              return secured;
            });
  }

  private CompletableFuture<Channel> webSocket(String path) {
    return secure()
        .thenCompose(
            channel -> {
              CompletableFuture<Channel> upgraded = channel.pipeline().get(Listener.class).head;
              write(channel, upgrade(path));
              return upgraded;
            });
  }

  private static byte[] upgrade(String path) {
    return ("GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Sees the end of the head of an answer, and throws everything after it away. */
  private static final class Listener extends SimpleChannelInboundHandler<ByteBuf> {
    private final CompletableFuture<Channel> head = new CompletableFuture<>();
    private int matched;

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
      while (!head.isDone() && bytes.isReadable()) {
        matched = bytes.readByte() == END_OF_HEAD[matched] ? matched + 1 : 0;
        if (matched == END_OF_HEAD.length) {
          head.complete(ctx.channel());
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      head.completeExceptionally(new IllegalStateException("closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  /** Writes bytes as they are. */
  static void write(Channel channel, byte[] bytes) {
    channel.writeAndFlush(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
  }

  /** Writes one more of {@code bytes} every second. */
  static void drip(Channel channel, byte[] bytes) {
    int[] next = {0};
    var dripping =
        channel
            .eventLoop()
            .scheduleAtFixedRate(
                () -> write(channel, new byte[] {bytes[next[0]++ % bytes.length]}),
                0,
                1,
                TimeUnit.SECONDS);
    channel.closeFuture().addListener(closed -> dripping.cancel(false));
  }

  /**
   * Sends the same from so many WebSockets as fast as the server takes it. Where it closes one,
   * another takes its place.
   *
   * @param reads whether they take what they are sent
   */
  void flood(int attackers, String path, byte[] bytes, boolean reads) {
    for (int i = 0; i < attackers; i++) {
      attack(path, bytes, reads);
    }
  }

  private void attack(String path, byte[] bytes, boolean reads) {
    if (!over) {
      var unused =
          webSocket(path)
              .whenComplete(
                  (channel, failure) -> {
                    if (failure != null) {
                      threads.schedule(() -> attack(path, bytes, reads), 1, TimeUnit.SECONDS);
                    } else {
                      channel.config().setAutoRead(reads);
                      channel.closeFuture().addListener(closed -> attack(path, bytes, reads));
                      pump(channel, bytes);
                    }
                  });
    }
  }

  private static void pump(Channel channel, byte[] bytes) {
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(bytes))
        .addListener(
            done -> {
              if (done.isSuccess()) {
                pump(channel, bytes);
              }
            });
  }

  /** Waits until the server has closed all of them. */
  static void awaitClosed(List<Channel> channels) {
    for (Channel channel : channels) {
      if (!channel.closeFuture().awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the server keeps a socket open");
      }
    }
  }

  /** Returns how many of {@code channels} are open. */
  static long open(List<Channel> channels) {
    return channels.stream().filter(Channel::isActive).count();
  }

  /** All go at once, without a word. */
  @Override
  public void close() {
    over = true;
    threads.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
