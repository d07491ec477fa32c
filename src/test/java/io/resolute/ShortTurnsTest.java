package io.resolute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.transport.Transport;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShortTurnsTest {
  private static final int CLIENTS = 150;
  private static final int MOST = 64;

  private final CountDownLatch connected = new CountDownLatch(CLIENTS);
  private final CountDownLatch read = new CountDownLatch(CLIENTS);
  private final Queue<Integer> turns = new ConcurrentLinkedQueue<>();
  private int inThisTurn;

  @Test
  void aTurnReadsFromAFewSocketsHoweverManyAreReady() throws Exception {
    assumeTrue(Transport.EPOLL.available(), "there is no epoll here");
    Vertx vertx =
        ShortTurns.on(Vertx.builder().with(new VertxOptions().setEventLoopPoolSize(1))).build();
    assertThat(vertx.isNativeTransportEnabled()).isTrue();
    List<Socket> clients = new ArrayList<>();
    try {
      int port = listen(vertx);
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
      CountDownLatch written = new CountDownLatch(1);
      loop(vertx).execute(() -> await(written));
      for (Socket client : clients) {
        client.getOutputStream().write(1);
      }
      written.countDown();
      assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      for (Socket client : clients) {
        client.close();
      }
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
    assertThat(turns).allSatisfy(sockets -> assertThat(sockets).isBetween(1, MOST));
  }

  private int listen(Vertx vertx) {
    NetServer server =
        vertx
            .createNetServer(new NetServerOptions().setAcceptBacklog(CLIENTS))
            .connectHandler(
                socket -> {
                  socket.handler(bytes -> count(loop(vertx)));
                  connected.countDown();
                });
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }

  private void count(EventLoop loop) {
    if (inThisTurn == 0) {
      ((SingleThreadEventLoop) loop).executeAfterEventLoopIteration(this::turnEnds);
    }
    inThisTurn++;
    read.countDown();
  }

  private void turnEnds() {
    turns.add(inThisTurn);
    inThisTurn = 0;
  }

  private static EventLoop loop(Vertx vertx) {
    return ((VertxInternal) vertx).nettyEventLoopGroup().next();
  }

  private static void await(CountDownLatch written) {
    try {
      written.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
