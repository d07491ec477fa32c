package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.resolute.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a socket keeps that is not to be read, and is read all the same, as by Netty behind its end.
 */
class WebSocketPeerTest {
  private static final int MIB = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final List<String> heard = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final WebSocketPeer peer = peer();

  private WebSocketPeer peer() {
    channel.pipeline().addLast(WebSocketPeer.VERTX_HANDLER, new ChannelInboundHandlerAdapter());
    return new WebSocketPeer(
        (ContextInternal) vertx.getOrCreateContext(),
        channel,
        WebSocketPeer.Limits.of(ServerConfig.defaults()),
        new EventLoopTurn(Runnable::run, System::nanoTime),
        new WebSocketPeer.Listener() {
          @Override
          public void onMessage(byte[] text) {
            heard.add("a message");
          }

          @Override
          public void onClosed() {
            heard.add("the end");
          }
        });
  }

  @AfterEach
  void stop() {
    channel.finishAndReleaseAll();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whoIsReadBeyondWhatMayWaitIsClosedAndNothingOfItIsKept() {
    List<WebSocketFrame> frames = new ArrayList<>();
    peer.pause();
    for (int sent = 0; sent < MIB; sent += 1000) {
      WebSocketFrame frame = new TextWebSocketFrame(Unpooled.buffer(1000).writeZero(1000));
      channel.writeInbound(frame);
      frames.add(frame);
    }
    CloseWebSocketFrame close = channel.readOutbound();
    assertThat(close.statusCode()).isEqualTo(1008);
    close.release();
    assertThat(frames).allMatch(frame -> frame.refCnt() == 0);
    assertThat(heard).isEmpty();
  }

  @Test
  void manyPongsAreNoReasonToBeClosed() {
    peer.pause();
    for (int i = 0; i < 100_000; i++) {
      channel.writeInbound(new PongWebSocketFrame());
    }
    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.<Object>readOutbound()).isNull();
  }

  @Test
  void whoEndsTlsAndNotTheSocketIsClosed() {
    channel.pipeline().fireUserEventTriggered(SslCloseCompletionEvent.SUCCESS);
    assertThat(channel.isOpen()).isFalse();
  }

  /** To close it at once, with bytes unread, would take the words with it that say why. */
  @Test
  void whoIsBeingClosedIsNotClosedAnyEarlierForThat() {
    peer.expel();
    channel.pipeline().fireUserEventTriggered(SslCloseCompletionEvent.SUCCESS);
    assertThat(channel.isOpen()).isTrue();
  }
}
