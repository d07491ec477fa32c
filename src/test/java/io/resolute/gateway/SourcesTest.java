package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.resolute.config.ConfigException;
import io.resolute.config.ServerConfig;
import io.resolute.limits.ClientAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private static final int A_LINK = 2;

  private static Sources sources(String listen) throws ConfigException {
    String json = "{'listen':{" + listen + "}}";
    return new Sources(ServerConfig.parse(json.replace('\'', '"')).listen());
  }

  private static Channel from(@Nullable SocketAddress peer) {
    return new EmbeddedChannel() {
      @Override
      public @Nullable SocketAddress remoteAddress() {
        return peer;
      }
    };
  }

  private static SocketAddress linkLocal() throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[0] = (byte) 0xfe;
    bytes[1] = (byte) 0x80;
    bytes[15] = 1;
    return new InetSocketAddress(Inet6Address.getByAddress(null, bytes, A_LINK), 1234);
  }

  private static ClientAddress client(@Nullable SocketAddress peer) throws ConfigException {
    return sources("").of(from(peer)).orElseThrow();
  }

  @Test
  void whoIsOnTheSameLinkIsNotOnThisMachine() throws Exception {
    assertThat(client(linkLocal()).isLocal()).isFalse();
    assertThat(client(linkLocal())).isEqualTo(ClientAddress.of(InetAddress.getByName("fe80::1")));
  }

  @Test
  void whoIsOnTheSameLinkIsNoProxyOfThisMachine() throws Exception {
    assertThat(sources("'proxies':['127.0.0.1']").of(from(linkLocal()))).isPresent();
    assertThat(
            sources("'proxies':['127.0.0.1'],'proxyProtocol':true").isAuthentic(from(linkLocal())))
        .isFalse();
    assertThat(sources("'proxies':['fe80::/64']").of(from(linkLocal()))).isEmpty();
  }

  @Test
  void whoIsBehindAUnixSocketIsOnThisMachine() throws Exception {
    assertThat(client(new DomainSocketAddress("/run/socket")).isLocal()).isTrue();
    assertThat(client(UnixDomainSocketAddress.of("/run/socket")).isLocal()).isTrue();
  }

  @Test
  void whoseAddressCannotBeToldIsNotOnThisMachine() throws Exception {
    ClientAddress gone = client(null);
    assertThat(gone.isLocal()).isFalse();
    assertThat(client(InetSocketAddress.createUnresolved("localhost", 1))).isEqualTo(gone);
    assertThat(client(new SocketAddress() {})).isEqualTo(gone);
  }
}
