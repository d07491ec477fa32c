package io.resolute.client;

import io.resolute.client.e2ee.RsaScheme;
import io.resolute.client.e2ee.Scheme;
import io.resolute.client.e2ee.SealedScheme;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.PacketJson;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.ServerPacketDecoder.MalformedFrameException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes one connection ready for use: TLS, the WebSocket handshake, a key pair, {@code hello}.
 *
 * <p>Each has an {@link HttpClient} of its own. One for all would save threads, but resume the TLS
 * sessions of earlier connections, by which a server recognises who comes back.
 */
final class Dialer {
  private static final String SOFTWARE = "resolute-java";
  private static final Set<ErrorCode> WRONG_SERVER =
      Set.of(ErrorCode.BAD_PACKET, ErrorCode.UNKNOWN_COMMAND, ErrorCode.UNSUPPORTED_VERSION);

  private final URI server;
  private final ConnectOptions options;
  private final Supplier<Scheme> schemes;
  private final Connection connection;

  Dialer(URI server, ConnectOptions options) {
    this(server, options, () -> scheme(options.allowRsa()));
  }

  /** As the other, with a scheme that {@code schemes} makes. */
  Dialer(URI server, ConnectOptions options, Supplier<Scheme> schemes) {
    this.server = server;
    this.options = options;
    this.schemes = schemes;
    this.connection = new Connection(options);
  }

  CompletableFuture<ResoluteClient> dial() {
    CompletableFuture<Scheme> scheme = CompletableFuture.supplyAsync(schemes);
    CompletableFuture<ResoluteClient> ready =
        openSocket()
            .handle(this::start)
            .thenCompose(started -> connection.call(this::hello).handle(Dialer::welcomed))
            .thenCombine(scheme, this::client);
    CompletableFuture<ResoluteClient> result = new CompletableFuture<>();
    Futures.relay(
        ready.handle(
            (client, failure) -> {
              if (client == null) {
                var unused = scheme.thenAccept(Scheme::destroy);
              }
              return cleanUp(client, failure);
            }),
        result);
    var unused = result.whenComplete((client, failure) -> abandon(ready, failure));
    return result;
  }

  /** Whoever has given up waiting gets no client that it could close. */
  private static void abandon(
      CompletableFuture<ResoluteClient> ready, @Nullable Throwable givenUp) {
    if (givenUp != null) {
      var unused = ready.thenAccept(ResoluteClient::close);
    }
  }

  private static Scheme scheme(boolean allowRsa) {
    SecureRandom random = new SecureRandom();
    return allowRsa
        ? SealedScheme.withWeakPeers(random, RsaScheme.generate(random))
        : SealedScheme.strict(random);
  }

  private CompletableFuture<WebSocket> openSocket() {
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(options.trust().sslContext())
            .sslParameters(modernTls())
            .build();
    var unused = connection.over().thenRun(() -> end(http));
    return http.newWebSocketBuilder()
        .connectTimeout(options.connectTimeout())
        // Not the JDK's own, which tells the server its exact version.
        .header("User-Agent", SOFTWARE)
        .buildAsync(server, connection.socketListener());
  }

  /** Ends the thread of {@code http}; before Java 21 it is the garbage collector that does. */
  private static void end(HttpClient http) {
    if (http instanceof AutoCloseable closeable) {
      // It waits until the connection is gone.
      Callbacks.daemon(
              () -> {
                try {
                  closeable.close();
                } catch (Exception undocumented) {
                  // Nothing is left to do for a connection that is over.
                }
              },
              "resolute-end")
          .start();
    }
  }

  private static SSLParameters modernTls() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return parameters;
  }

  private @Nullable Void start(@Nullable WebSocket socket, @Nullable Throwable failure) {
    if (socket == null) {
      throw new CompletionException(whyNotOpen(failure));
    }
    connection.execute(() -> connection.start(socket));
    return null;
  }

  private CompletableFuture<ServerPacket.Welcome> hello() {
    var hello = new ClientPacket.Hello(SOFTWARE, List.of(PacketJson.VERSION));
    return connection
        .request(hello, ServerPacket.Welcome.class)
        .thenApply(
            welcome -> {
              connection.established();
              return welcome;
            });
  }

  private static ServerPacket.Welcome welcomed(
      ServerPacket.@Nullable Welcome welcome, @Nullable Throwable failure) {
    if (welcome == null) {
      throw new CompletionException(whyNoWelcome(failure));
    }
    return welcome;
  }

  private ResoluteClient client(ServerPacket.Welcome welcome, Scheme scheme) {
    if (welcome.version() != PacketJson.VERSION) {
      throw new UnsupportedServerException("the server speaks another version", null);
    }
    return new ResoluteClient(connection, options, scheme, server, welcome);
  }

  private ResoluteClient cleanUp(@Nullable ResoluteClient client, @Nullable Throwable failure) {
    if (client == null) {
      connection.execute(
          () -> connection.end(ConnectionLostException.broken("it was of no use", null)));
      throw new CompletionException(failure);
    }
    return client;
  }

  private static ResoluteException whyNotOpen(@Nullable Throwable failure) {
    boolean tls = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return new ServerNotTrustedException(cause);
      }
      if (cause instanceof WebSocketHandshakeException) {
        return new UnsupportedServerException(
            "what answers there does not open a WebSocket", cause);
      }
      if (cause instanceof HttpTimeoutException) {
        return new ConnectFailedException("nobody answers there in time", cause);
      }
      tls |= cause instanceof SSLException;
    }
    return tls
        ? new UnsupportedServerException(
            "what answers there does not speak TLS as it should", failure)
        : new ConnectFailedException("nobody answers there", failure);
  }

  private static Throwable whyNoWelcome(@Nullable Throwable failure) {
    boolean refused =
        failure instanceof RequestRefusedException error && WRONG_SERVER.contains(error.code());
    boolean silent = failure instanceof RequestTimeoutException;
    boolean garbled =
        failure instanceof ConnectionLostException
            && failure.getCause() instanceof MalformedFrameException;
    if (refused || silent || garbled) {
      return new UnsupportedServerException("what answers there does not speak version 1", failure);
    }
    return failure == null ? new IllegalStateException("neither answer nor failure") : failure;
  }
}
