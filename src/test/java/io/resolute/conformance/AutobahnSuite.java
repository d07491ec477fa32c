package io.resolute.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.resolute.gateway.EchoServer;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The Autobahn test suite against the relay's WebSockets: {@code mvn -Pautobahn test}. The suite's
 * own verdict is not asked for; each outcome is compared with the one that is committed.
 */
class AutobahnSuite {
  private static final String TEXT = "1.1.2";
  private static final String PING = "2.2";
  private static final int REPETITIONS = 2;

  private final FuzzingClient client = FuzzingClient.fromSystemProperties();
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @Test
  void everyCaseComesOutAsExpected() throws Exception {
    Outcomes expected = Outcomes.expected();
    int port = start(ChannelDuplexHandler::new);
    Outcomes outcomes = client.run("all", port, List.of("*"));
    // Cases end by the clock: on a busy machine a right server is too late for one now and then.
    for (int i = 1; i <= REPETITIONS; i++) {
      List<String> again = outcomes.casesUnlike(expected);
      if (!again.isEmpty()) {
        outcomes = outcomes.with(client.run("again-" + i, port, again));
      }
    }
    Files.writeString(client.dir().resolve("outcomes.json"), outcomes.toJson());
    assertThat(outcomes.differencesFrom(expected)).isEmpty();
  }

  @Test
  void anEchoOfAnotherTextIsSeen() throws Exception {
    assertThat(differences("wrong-text", WrongText::new))
        .containsExactly(TEXT + ": FAILED, close WRONG CODE; expected: OK, close OK");
  }

  @Test
  void aCloseWithAnotherCodeIsSeen() throws Exception {
    assertThat(differences("wrong-code", WrongCode::new))
        .containsExactly(
            TEXT + ": OK, close WRONG CODE; expected: OK, close OK",
            PING + ": OK, close WRONG CODE; expected: OK, close OK");
  }

  private List<String> differences(String name, Supplier<ChannelHandler> fault) throws Exception {
    List<String> cases = List.of(TEXT, PING);
    Outcomes outcomes = client.run(name, start(fault), cases);
    return outcomes.differencesFrom(Outcomes.expected().only(cases));
  }

  private int start(Supplier<? extends ChannelHandler> fault) throws Exception {
    EchoServer echo = new EchoServer(fault);
    return vertx
        .deployVerticle(echo)
        .compose(deployed -> TlsTunnel.open(vertx, echo.port()))
        .toCompletionStage()
        .toCompletableFuture()
        .get(1, TimeUnit.MINUTES);
  }

  private static final class WrongText extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      if (message instanceof ByteBuf frame && frame.readableBytes() > 2) {
        frame.setByte(frame.writerIndex() - 1, '!'); // Text messages come encoded from the relay.
      }
      var unused = ctx.write(message, promise);
    }
  }

  private static final class WrongCode extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      Object wrong = message;
      if (message instanceof CloseWebSocketFrame frame) {
        frame.release();
        wrong = new CloseWebSocketFrame(1011, "");
      }
      var unused = ctx.write(wrong, promise);
    }
  }
}
