package io.resolute.gateway;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.resolute.limits.AddressLimits;
import io.resolute.limits.Places;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * The TLS of Vert.x with {@link TlsHandler} in the place of Netty's own handler: Vert.x puts it
 * first on every socket, before anything is read from it but what the PROXY protocol says.
 */
final class GuardedTls extends SSLEngineOptions {
  private final Sources sources;
  private final Places places;
  private final AddressLimits addresses;

  /**
   * Makes one for a server.
   *
   * @param places for the sockets that are in the handshake
   * @param addresses counts the handshakes of each address
   */
  GuardedTls(Sources sources, Places places, AddressLimits addresses) {
    this.sources = sources;
    this.places = places;
    this.addresses = addresses;
  }

  @Override
  public SSLEngineOptions copy() {
    return new GuardedTls(sources, places, addresses);
  }

  @Override
  public SslContextFactory sslContextFactory() {
    SslProvider provider = TlsOptions.isNative() ? SslProvider.OPENSSL : SslProvider.JDK;
    return new DefaultSslContextFactory(
        provider, OpenSSLEngineOptions.DEFAULT_SESSION_CACHE_ENABLED) {
      @Override
      public SslContext create() throws SSLException {
        return new Context(super.create());
      }
    };
  }

  private final class Context extends DelegatingSslContext {
    Context(SslContext context) {
      super(context);
    }

    @Override
    protected void initEngine(SSLEngine engine) {
      // Vert.x does, one layer further out.
    }

    @Override
    protected SslHandler newHandler(ByteBufAllocator alloc, boolean startTls, Executor executor) {
      return guarded(super.newHandler(alloc, startTls, executor), executor);
    }

    @Override
    protected SslHandler newHandler(
        ByteBufAllocator alloc, String host, int port, boolean startTls, Executor executor) {
      return guarded(super.newHandler(alloc, host, port, startTls, executor), executor);
    }

    /** Takes over the engine: those that Netty makes for its own handlers take more at once. */
    private SslHandler guarded(SslHandler netty, Executor executor) {
      return new TlsHandler(netty.engine(), executor, sources, places, addresses);
    }
  }
}
