package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.resolute.config.RateConfig;
import io.resolute.config.RatesConfig;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** For how long a client has been silent. */
class SilenceTest {
  private static final RatesConfig A_THOUSAND_BYTES_A_SECOND =
      new RatesConfig(
          RateConfig.unlimited(),
          RateConfig.unlimited(),
          new RateConfig(1000, 1000),
          RateConfig.unlimited(),
          RateConfig.unlimited());

  private final Vertx vertx = Vertx.vertx();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private long now;

  private static final class Nobody implements WebSocketPeer.Listener {
    @Override
    public void onMessage(byte[] text) {}

    @Override
    public void onEnding() {}

    @Override
    public void onClosed() {}
  }

  private WebSocketPeer peer(RatesConfig rates) {
    channel.pipeline().addLast(WebSocketPeer.VERTX_HANDLER, new ChannelInboundHandlerAdapter());
    WebSocketPeer.Limits limits =
        new WebSocketPeer.Limits(1000, 1000, Duration.ofMinutes(1), Duration.ofMinutes(1), rates);
    return new WebSocketPeer(
        (ContextInternal) vertx.getOrCreateContext(),
        channel,
        limits,
        new EventLoopTurn(Runnable::run, () -> now),
        new Nobody());
  }

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void isFromWhenSomethingCame() {
    WebSocketPeer peer = peer(A_THOUSAND_BYTES_A_SECOND);
    pass(Duration.ofSeconds(7));
    assertThat(peer.silence()).isEqualTo(Duration.ofSeconds(7));
    channel.pipeline().fireChannelReadComplete();
    pass(Duration.ofSeconds(2));
    assertThat(peer.silence()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void leavesOutForHowLongItIsNotReadFrom() {
    WebSocketPeer peer = peer(A_THOUSAND_BYTES_A_SECOND);
    peer.spend(0, 6000);
    pass(Duration.ofSeconds(5));
    assertThat(peer.silence()).isZero();
    assertThat(peer.unheard()).isEqualTo(Duration.ofSeconds(5)); // And it is asked for an answer.
    pass(Duration.ofSeconds(2));
    assertThat(peer.silence()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void ofSomebodyWhoIsNotTooFastIsAllOfIt() {
    WebSocketPeer peer = peer(A_THOUSAND_BYTES_A_SECOND);
    peer.spend(0, 1000);
    pass(Duration.ofSeconds(3));
    assertThat(peer.silence()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void withoutALimitIsAllOfIt() {
    WebSocketPeer peer = peer(RatesConfig.unlimited());
    peer.spend(1000, 1_000_000);
    pass(Duration.ofSeconds(3));
    assertThat(peer.silence()).isEqualTo(Duration.ofSeconds(3));
  }
}
