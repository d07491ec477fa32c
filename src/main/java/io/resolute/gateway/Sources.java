package io.resolute.gateway;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.resolute.config.ListenConfig;
import io.resolute.config.Network;
import io.resolute.limits.ClientAddress;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells where clients come from, also those behind the proxies that are configured. */
final class Sources {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  // Of all whose address cannot be told: they share one, which is not this machine's.
  private static final InetAddress UNKNOWN = unspecified();

  private final List<Network> proxies;
  private final boolean proxyProtocol;

  /** Makes what tells it for one server. */
  Sources(ListenConfig listen) {
    this.proxies = listen.proxies();
    this.proxyProtocol = listen.proxyProtocol();
  }

  /** Returns whether a socket may say, by the PROXY protocol, that it is somebody else's. */
  boolean isAuthentic(Channel socket) {
    return !proxyProtocol || isProxy(address(socket.remoteAddress()));
  }

  /**
   * Returns where a socket comes from, before Vert.x makes a connection of it; nothing as below.
   */
  Optional<ClientAddress> of(Channel socket) {
    // Looked at and left there for Vert.x, which takes it.
    SocketAddress named =
        socket.hasAttr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE)
            ? socket.attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE).get()
            : null;
    return of(named == null ? address(socket.remoteAddress()) : address(named));
  }

  /**
   * Returns where a connection comes from; nothing if that is a proxy, whose requests tell it each
   * by itself.
   */
  Optional<ClientAddress> of(HttpConnection connection) {
    return of(address(connection.remoteAddress()));
  }

  private Optional<ClientAddress> of(InetAddress address) {
    return !proxyProtocol && isProxy(address)
        ? Optional.empty()
        : Optional.of(ClientAddress.of(address));
  }

  /** Returns where a request comes from. */
  ClientAddress of(HttpServerRequest request) {
    InetAddress address = address(request.connection().remoteAddress());
    if (proxyProtocol || !isProxy(address)) {
      return ClientAddress.of(address);
    }
    List<String> forwardedFor = request.headers().getAll(FORWARDED_FOR);
    return ClientAddress.of(ClientAddress.behind(address, forwardedFor, this::isProxy));
  }

  private boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(proxy -> proxy.contains(address));
  }

  private static InetAddress unspecified() {
    try {
      return InetAddress.getByAddress(new byte[4]);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }

  private static InetAddress address(java.net.@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      return address(SocketAddress.inetSocketAddress(inet));
    }
    // Who is behind a Unix socket is on this machine.
    return address instanceof DomainSocketAddress || address instanceof UnixDomainSocketAddress
        ? InetAddress.getLoopbackAddress()
        : UNKNOWN;
  }

  private static InetAddress address(@Nullable SocketAddress address) {
    if (address == null) { // Of a connection that has ended meanwhile.
      return UNKNOWN;
    }
    return address.isDomainSocket()
        ? InetAddress.getLoopbackAddress()
        : Optional.ofNullable(address.hostAddress()).flatMap(ClientAddress::parse).orElse(UNKNOWN);
  }
}
