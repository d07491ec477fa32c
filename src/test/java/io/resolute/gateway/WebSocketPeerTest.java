package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.resolute.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a socket keeps that is not to be read, and is read all the same, as by Netty behind its end;
 * and how long it waits for who takes what it is sent little by little.
 */
class WebSocketPeerTest {
  private static final int MIB = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final List<String> heard = new ArrayList<>();
  private final Taker channel = new Taker();
  private final WebSocketPeer.Limits limits = WebSocketPeer.Limits.of(ServerConfig.defaults());
  private long now;
  private final WebSocketPeer peer = peer();

  /** A socket whose other side takes as many frames as it is allowed to, or all. */
  private static final class Taker extends EmbeddedChannel {
    private int more = Integer.MAX_VALUE;

    @Override
    protected void doWrite(ChannelOutboundBuffer waiting) {
      for (; more > 0 && waiting.current() != null; more--) {
        handleOutboundMessage(ReferenceCountUtil.retain(waiting.current()));
        waiting.remove();
      }
    }

    void take(int frames) {
      more = frames;
      flushOutbound();
      more = 0;
    }

    /** Takes all that waits, and returns the code of the close frame that ends it, or 0. */
    int closeCode() {
      take(Integer.MAX_VALUE);
      int code = 0;
      for (Object frame : outboundMessages()) {
        code = frame instanceof CloseWebSocketFrame close ? close.statusCode() : 0;
      }
      releaseOutbound();
      return code;
    }
  }

  private WebSocketPeer peer() {
    channel.pipeline().addLast(WebSocketPeer.VERTX_HANDLER, new ChannelInboundHandlerAdapter());
    return new WebSocketPeer(
        (ContextInternal) vertx.getOrCreateContext(),
        channel,
        limits,
        new EventLoopTurn(Runnable::run, () -> now),
        new WebSocketPeer.Listener() {
          @Override
          public void onMessage(byte[] text) {
            heard.add("a message");
          }

          @Override
          public void onEnding() {
            heard.add("the beginning of the end");
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
    assertThat(heard).containsExactly("the beginning of the end");
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thatItEndsIsHeardOnceAndWhenItBeginsTo(boolean closing) {
    if (closing) {
      peer.expel();
      assertThat(heard).containsExactly("the beginning of the end");
    }
    channel.finish();
    assertThat(heard).containsExactly("the beginning of the end", "the end");
  }

  /** To close it at once, with bytes unread, would take the words with it that say why. */
  @Test
  void whoIsBeingClosedIsNotClosedAnyEarlierForThat() {
    peer.expel();
    channel.pipeline().fireUserEventTriggered(SslCloseCompletionEvent.SUCCESS);
    assertThat(channel.isOpen()).isTrue();
  }

  /** Sends frames of which none is taken for the time being. */
  private void send(int frames) {
    channel.more = 0;
    for (int i = 0; i < frames; i++) {
      peer.send(new byte[100]);
    }
    peer.requireProgress();
  }

  private void afterATenthOfTheTimeTake(int frames) {
    now += limits.write().toNanos() / 10;
    channel.take(frames);
    peer.requireProgress();
  }

  @Test
  void whoTakesALittleAllTheTimeAndIsNotThroughByTheDeadlineIsClosed() {
    send(100);
    for (int i = 0; i <= 10; i++) {
      afterATenthOfTheTimeTake(1);
    }
    assertThat(channel.closeCode()).isEqualTo(4000);
  }

  @Test
  void whoIsThroughByTheDeadlineStaysHoweverOftenThatIs() {
    for (int round = 0; round < 5; round++) {
      send(5);
      for (int i = 0; i < 9; i++) {
        afterATenthOfTheTimeTake(1);
      }
      assertThat(channel.closeCode()).isZero();
    }
  }
}
