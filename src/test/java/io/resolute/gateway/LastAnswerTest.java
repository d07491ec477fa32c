package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastAnswerTest {
  private final EmbeddedChannel socket = new EmbeddedChannel();

  @BeforeEach
  void watch() {
    // In the place of what Vert.x has there; what it is given is to be had from the channel.
    socket.pipeline().addLast(WebSocketPeer.VERTX_HANDLER, new ChannelInboundHandlerAdapter());
    LastAnswer.watch(socket);
  }

  private static HttpRequest request() {
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
  }

  private void ask(int requests) {
    for (int i = 0; i < requests; i++) {
      socket.writeInbound(request(), LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  private void answer(HttpResponseStatus status) {
    socket.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
  }

  private void answerInPieces() {
    socket.writeOutbound(
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK),
        new DefaultHttpContent(Unpooled.copiedBuffer(new byte[] {1})),
        LastHttpContent.EMPTY_LAST_CONTENT);
  }

  /** Returns how many requests Vert.x was given since this was asked for the last time. */
  private int passedOn() {
    int requests = 0;
    for (Object message = socket.readInbound(); message != null; message = socket.readInbound()) {
      requests += message instanceof HttpRequest ? 1 : 0;
    }
    return requests;
  }

  @Test
  void noMoreRequestsArePassedOnThanMayWait() {
    ask(LastAnswer.MOST_UNANSWERED);
    assertThat(socket.isOpen()).isTrue();
    socket.writeInbound(Collections.nCopies(10_000, request()).toArray()); // All in one read.
    assertThat(passedOn()).isEqualTo(LastAnswer.MOST_UNANSWERED);
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void whatComesBehindThemIsReleased() {
    ByteBuf body = Unpooled.copiedBuffer(new byte[] {1});
    ask(LastAnswer.MOST_UNANSWERED);
    socket.writeInbound(
        request(), new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", body));
    assertThat(body.refCnt()).isZero();
  }

  @Test
  void whatWasAnsweredWaitsNoMore() {
    for (int i = 0; i < 1000; i++) {
      ask(LastAnswer.MOST_UNANSWERED / 2);
      for (int j = 0; j < LastAnswer.MOST_UNANSWERED / 4; j++) {
        answer(HttpResponseStatus.OK);
        answerInPieces();
      }
    }
    assertThat(passedOn()).isEqualTo(1000 * LastAnswer.MOST_UNANSWERED / 2);
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void anAnswerThatIsNotTakenIsNone() {
    socket
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(ChannelHandlerContext ctx, Object answer, ChannelPromise promise) {
                ReferenceCountUtil.release(answer); // And never done.
              }
            });
    for (int i = 0; i < LastAnswer.MOST_UNANSWERED; i++) {
      ask(1);
      answer(HttpResponseStatus.OK);
    }
    assertThat(socket.isOpen()).isTrue();
    ask(1);
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void anInterimAnswerIsNone() {
    for (int i = 0; i < LastAnswer.MOST_UNANSWERED; i++) {
      ask(1);
      answer(HttpResponseStatus.CONTINUE);
    }
    assertThat(socket.isOpen()).isTrue();
    ask(1);
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void bodiesAreNotPassedOnButTheirEndsAre() {
    ByteBuf body = Unpooled.copiedBuffer(new byte[] {1});
    ByteBuf last = Unpooled.copiedBuffer(new byte[] {2});
    HttpRequest request = request();
    socket.writeInbound(request, new DefaultHttpContent(body), new DefaultLastHttpContent(last));
    assertThat(socket.inboundMessages())
        .containsExactly(request, LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(body.refCnt()).isZero();
    assertThat(last.refCnt()).isZero();
  }

  @Test
  void whatCannotBeReadIsPassedOnForItsAnswer() {
    LastHttpContent broken = new DefaultLastHttpContent();
    broken.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("broken")));
    socket.writeInbound(broken);
    assertThat(socket.inboundMessages()).containsExactly(broken);
  }
}
