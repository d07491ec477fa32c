package io.resolute.bench;

import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The bench's side of TLS: with BoringSSL where there is one, which then never resumes a session.
 */
final class Tls {
  /** How long a server may take for a handshake, of TLS or of the WebSocket. */
  static final int HANDSHAKE_SECONDS = 60;

  private final SslContext context;

  private Tls(boolean verified) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK);
    if (!verified) {
      builder
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm("");
    }
    try {
      context = builder.build();
      if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
        sessions.setSessionCacheEnabled(false);
      }
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes any certificate: for servers that the bench has started, and where one asks for it. */
  static Tls trustingAll() {
    return new Tls(false);
  }

  /** Takes the certificates that this machine does. */
  static Tls trustingTheSystem() {
    return new Tls(true);
  }

  SslHandler handler(Channel channel, URI uri) {
    // The name is sent to the server as well, which may have a certificate for each.
    SslHandler handler = context.newHandler(channel.alloc(), uri.getHost(), uri.getPort());
    handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
    return handler;
  }
}
