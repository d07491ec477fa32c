package io.resolute.gateway;

import io.resolute.config.ListenConfig;
import io.resolute.config.Network;
import io.resolute.limits.ClientAddress;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Tells where clients come from, also those behind the proxies that are configured. */
final class Sources {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final List<Network> proxies;
  private final boolean proxyProtocol;

  /** Makes what tells it for one server. */
  Sources(ListenConfig listen) {
    this.proxies = listen.proxies();
    this.proxyProtocol = listen.proxyProtocol();
  }

  /** Returns whether a connection may say, by the PROXY protocol, that it is somebody else's. */
  boolean isAuthentic(HttpConnection connection) {
    return !proxyProtocol || isProxy(peer(connection));
  }

  /**
   * Returns where a connection comes from; nothing if that is a proxy, whose requests tell it each
   * by itself.
   */
  Optional<ClientAddress> of(HttpConnection connection) {
    InetAddress address = address(connection.remoteAddress());
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

  private static InetAddress peer(HttpConnection connection) {
    return address(connection.remoteAddress(true));
  }

  /** A Unix socket has no address; who is behind it is on this machine. */
  private static InetAddress address(SocketAddress address) {
    String host = address.hostAddress();
    return Optional.ofNullable(host)
        .flatMap(ClientAddress::parse)
        .orElse(InetAddress.getLoopbackAddress());
  }
}
