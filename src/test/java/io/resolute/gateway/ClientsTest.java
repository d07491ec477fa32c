package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.resolute.config.ServerConfig;
import io.resolute.limits.AddressLimits;
import io.resolute.limits.ClientAddress;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is counted of clients that could not be taken in. */
class ClientsTest {
  private static final int CAPACITY = 3;

  private final ServerConfig config = ServerConfig.defaults();
  private final Vertx vertx = Vertx.vertx();
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Semaphore capacity = new Semaphore(CAPACITY);
  private final AddressLimits addresses =
      new AddressLimits(config.perAddress(), false, new SecureRandom(), System::nanoTime);
  private final Clients clients =
      new Clients(WebSocketPeer.Limits.of(config), config.timeouts(), capacity, addresses);

  @AfterEach
  void stop() {
    var unused = loop.shutdownGracefully();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aSocketThatIsGoneBeforeItIsTakenInTakesNoPlace() throws UnknownHostException {
    ClientAddress address = ClientAddress.of(InetAddress.getByName("192.0.2.1"));
    List<Channel> sockets = new ArrayList<>();
    for (int i = 0; i < config.perAddress().connections(); i++) {
      NioSocketChannel gone = new NioSocketChannel(); // Nothing is in its pipeline any more.
      loop.register(gone).syncUninterruptibly();
      assertThatThrownBy(
              () ->
                  clients.add(
                      (ContextInternal) vertx.getOrCreateContext(),
                      gone,
                      address,
                      (peer, ticket) -> {
                        throw new AssertionError("nobody is there");
                      }))
          .isInstanceOf(NoSuchElementException.class);
      sockets.add(gone);
    }
    assertThat(capacity.availablePermits()).isEqualTo(CAPACITY);
    assertThat(addresses.admit(address)).isInstanceOf(AddressLimits.Admission.Admitted.class);
    assertThat(sockets).allMatch(gone -> gone.closeFuture().awaitUninterruptibly(10_000));
  }
}
