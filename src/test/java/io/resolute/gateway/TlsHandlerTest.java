package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ImmediateExecutor;
import io.resolute.config.PerAddressConfig;
import io.resolute.config.RateConfig;
import io.resolute.config.ServerConfig;
import io.resolute.config.TlsConfig;
import io.resolute.limits.AddressLimits;
import io.resolute.limits.Places;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsHandlerTest {
  private static final InetSocketAddress ANN = new InetSocketAddress("192.0.2.1", 1234);
  private static final InetSocketAddress PROXY = new InetSocketAddress("198.51.100.1", 1234);
  private static final String PROXIES = "{\"listen\":{\"proxies\":[\"198.51.100.1\"]}}";
  private static final String PROXY_PROTOCOL = PROXIES.replace("]}", "],\"proxyProtocol\":true}");

  private static final int PATIENCE_SECONDS = 10;

  private static final int HANDSHAKES = 4;
  private static final ByteBufAllocator MEMORY = UnpooledByteBufAllocator.DEFAULT;
  // The head of a record of application data (RFC 8446 §5.1), and 32 bytes that no key made.
  private static final byte[] RECORD = Arrays.copyOf(new byte[] {23, 3, 3, 0, 32}, 5 + 32);

  private final Places places = new Places(1000, 1);
  private final AddressLimits addresses =
      new AddressLimits(
          new PerAddressConfig(
              1,
              new RateConfig(1 / 3600.0, HANDSHAKES),
              RateConfig.unlimited(),
              RateConfig.unlimited()),
          false,
          new SecureRandom(),
          System::nanoTime);

  /** A socket from {@code peer}, of which nothing is written anywhere. */
  private static final class FakeSocket extends EmbeddedChannel implements DuplexChannel {
    private final SocketAddress peer;
    private boolean ended;

    FakeSocket(SocketAddress peer) {
      this.peer = peer;
      freezeTime();
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return peer;
    }

    /** Hands in what the peer writes, and returns what it is answered. */
    String answerTo(String text) {
      writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      for (ByteBuf out = readOutbound(); out != null; out = readOutbound()) {
        answer.append(out.toString(StandardCharsets.US_ASCII));
        out.release();
      }
      return answer.toString();
    }

    @Override
    public boolean isInputShutdown() {
      return false;
    }

    @Override
    public ChannelFuture shutdownInput() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOutputShutdown() {
      return ended;
    }

    @Override
    public ChannelFuture shutdownOutput() {
      ended = true;
      return newSucceededFuture();
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public ChannelFuture shutdown() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
      throw new UnsupportedOperationException();
    }
  }

  private FakeSocket accepted(SocketAddress peer, String config) throws Exception {
    return accepted(new FakeSocket(peer), config);
  }

  private FakeSocket accepted(FakeSocket socket, String config) throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(false);
    return accepted(socket, config, engine);
  }

  private FakeSocket accepted(FakeSocket socket, String config, SSLEngine engine) throws Exception {
    Sources sources = new Sources(ServerConfig.parse(config).listen());
    TlsHandler handler =
        new TlsHandler(engine, ImmediateExecutor.INSTANCE, sources, places, addresses);
    handler.setHandshakeTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    socket.pipeline().addLast(handler);
    return socket;
  }

  private FakeSocket named(SocketAddress peer, String name) throws Exception {
    FakeSocket socket = new FakeSocket(peer);
    socket
        .attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE)
        .set(io.vertx.core.net.SocketAddress.inetSocketAddress(1, name));
    return accepted(socket, PROXY_PROTOCOL);
  }

  @Test
  void aRequestIsAnsweredOnceAsSoonAsItIsToldFromTls() throws Exception {
    FakeSocket socket = accepted(ANN, "{}");
    for (char piece : "GET ".toCharArray()) {
      assertThat(socket.answerTo(String.valueOf(piece))).isEmpty();
    }
    assertThat(socket.answerTo("/")).startsWith("HTTP/1.1 400 ");
    assertThat(socket.answerTo(" HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n")).isEmpty();
    assertThat(socket.isOutputShutdown()).isTrue();
  }

  @Test
  void whoDoesNotGoAfterTheAnswerIsClosedAtTheDeadline() throws Exception {
    FakeSocket socket = accepted(ANN, "{}");
    assertThat(socket.answerTo("GET / HTTP/1.1\r\n\r\n")).isNotEmpty();
    socket.advanceTimeBy(PATIENCE_SECONDS - 1, TimeUnit.SECONDS);
    assertThat(socket.answerTo("x")).isEmpty();
    assertThat(socket.isOpen()).isTrue();
    socket.advanceTimeBy(1, TimeUnit.SECONDS);
    socket.runScheduledPendingTasks();
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void whoGoesOnAfterTheAnswerIsClosedBeforeTheDeadline() throws Exception {
    FakeSocket socket = accepted(ANN, "{}");
    assertThat(socket.answerTo("POST / HTTP/1.1\r\n\r\n")).isNotEmpty();
    assertThat(socket.answerTo("x".repeat(60_000))).isEmpty();
    assertThat(socket.isOpen()).isTrue();
    assertThat(socket.answerTo("x".repeat(10_000))).isEmpty();
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void whoDoesNotReadIsClosedASecondLater() throws Exception {
    FakeSocket socket = accepted(ANN, "{}");
    Queue<Object> unread = new ArrayDeque<>();
    socket
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise promise) {
                unread.add(bytes); // And never done.
              }
            });
    var unused = socket.pipeline().close(); // The channel's own would cancel what is scheduled.
    assertThat(unread).isNotEmpty();
    socket.advanceTimeBy(999, TimeUnit.MILLISECONDS);
    socket.runScheduledPendingTasks();
    assertThat(socket.isOpen()).isTrue();
    socket.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    socket.runScheduledPendingTasks();
    assertThat(socket.isOpen()).isFalse();
    unread.forEach(ReferenceCountUtil::release);
  }

  @Test
  void whoComesByItselfIsCountedByAddressUntilItGoes() throws Exception {
    FakeSocket first = accepted(ANN, "{}");
    FakeSocket second = accepted(ANN, "{}");
    assertThat(first.isOpen()).isTrue();
    assertThat(second.isOpen()).isFalse();
    assertThat(second.<Object>readOutbound()).isNull();
    var unused = first.close();
    assertThat(accepted(ANN, "{}").isOpen()).isTrue();
  }

  @Test
  void whoBeginsTooManyHandshakesIsClosedThoughTheyHaveEnded() throws Exception {
    for (int i = 0; i < HANDSHAKES; i++) {
      FakeSocket socket = accepted(ANN, "{}");
      assertThat(socket.isOpen()).isTrue();
      var unused = socket.close();
    }
    FakeSocket late = accepted(ANN, "{}");
    assertThat(late.isOpen()).isFalse();
    assertThat(late.<Object>readOutbound()).isNull();
    assertThat(accepted(PROXY, "{}").isOpen()).isTrue(); // Who is somebody else.
  }

  @Test
  void whoIsAProxyIsNotCountedByAddress() throws Exception {
    for (int i = 0; i < 2 * HANDSHAKES; i++) {
      assertThat(accepted(PROXY, PROXIES).isOpen()).isTrue();
    }
  }

  @Test
  void whoIsNamedByAProxyIsCountedByThatAddress() throws Exception {
    assertThat(named(PROXY, "192.0.2.1").isOpen()).isTrue();
    assertThat(named(PROXY, "192.0.2.1").isOpen()).isFalse();
    assertThat(named(PROXY, "192.0.2.2").isOpen()).isTrue();
  }

  @Test
  void whoIsNoProxyNamesNobody() throws Exception {
    assertThat(named(ANN, "192.0.2.3").isOpen()).isFalse();
    assertThat(named(PROXY, "192.0.2.3").isOpen()).isTrue(); // Whose place was not taken.
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK", "OPENSSL"})
  void whatComesBehindTheEndOfTlsIsNotKept(SslProvider provider) throws Exception {
    assumeTrue(provider == SslProvider.JDK || OpenSsl.isAvailable(), "no BoringSSL here");
    FakeSocket socket = accepted(new FakeSocket(ANN), "{}", engine(provider));
    EmbeddedChannel client = new EmbeddedChannel(trusting().newHandler(MEMORY));
    exchange(client, socket);
    var unused = client.pipeline().get(SslHandler.class).closeOutbound();
    carry(client, socket);
    for (int i = 0; i < 100; i++) {
      ByteBuf record = Unpooled.wrappedBuffer(RECORD);
      socket.writeInbound(record);
      assertThat(record.refCnt()).isZero();
    }
    assertThat(socket.inboundMessages()).isEmpty();
    socket.finishAndReleaseAll();
    client.finishAndReleaseAll();
  }

  /** Returns an engine as Netty makes it for its own handlers, which read as much as there is. */
  private static SSLEngine engine(SslProvider provider) throws Exception {
    ServerIdentity identity = ServerIdentity.load(new TlsConfig.SelfSigned(List.of("localhost")));
    return SslContextBuilder.forServer(pem(identity.chain()), pem(identity.key()))
        .sslProvider(provider)
        .build()
        .newHandler(MEMORY)
        .engine();
  }

  private static InputStream pem(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static SslContext trusting() throws SSLException {
    return SslContextBuilder.forClient()
        .sslProvider(SslProvider.JDK)
        .trustManager(InsecureTrustManagerFactory.INSTANCE)
        .build();
  }

  /** Carries what both say to each other until they are silent. */
  private static void exchange(EmbeddedChannel one, EmbeddedChannel other) {
    while (carry(one, other) || carry(other, one)) {
      // One of them has spoken.
    }
  }

  private static boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
    boolean some = false;
    for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
      to.writeInbound(bytes);
      some = true;
    }
    return some;
  }
}
