package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Utf8CheckTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new Utf8Check());

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private static ByteBuf bytes(byte[] bytes) {
    return Unpooled.copiedBuffer(bytes);
  }

  @Test
  void aByteThatIsNoUtf8IsNoticedWhereverItIs() {
    for (int length = 1; length < 30; length++) {
      for (int at = 0; at < length; at++) {
        byte[] text = "a".repeat(length).getBytes(StandardCharsets.US_ASCII);
        text[at] = (byte) 0xFF;
        EmbeddedChannel fresh = new EmbeddedChannel(new Utf8Check());
        assertThatThrownBy(() -> fresh.writeInbound(new TextWebSocketFrame(bytes(text))))
            .isInstanceOf(CorruptedWebSocketFrameException.class);
        fresh.finishAndReleaseAll();
      }
    }
  }

  @Test
  void textOfAnyLengthPasses() {
    for (String letter : new String[] {"a", "\u00fc", "\ud83d\udc4b"}) {
      for (int length = 0; length < 30; length++) {
        String text = letter.repeat(length);
        channel.writeInbound(new TextWebSocketFrame(text));
        TextWebSocketFrame passed = channel.readInbound();
        assertThat(passed.text()).isEqualTo(text);
        passed.release();
      }
    }
  }

  @Test
  void aCharacterMayBeInTwoFragments() {
    byte[] text = "\u00fc".getBytes(StandardCharsets.UTF_8);
    channel.writeInbound(new TextWebSocketFrame(false, 0, bytes(new byte[] {text[0]})));
    channel.writeInbound(new ContinuationWebSocketFrame(true, 0, bytes(new byte[] {text[1]})));
    assertThat(channel.inboundMessages()).hasSize(2);
  }

  @Test
  void aTextThatEndsInHalfACharacterIsNoticedInFragmentsToo() {
    channel.writeInbound(new TextWebSocketFrame(false, 0, bytes(new byte[] {'a', (byte) 0xC3})));
    assertThatThrownBy(
            () ->
                channel.writeInbound(
                    new ContinuationWebSocketFrame(true, 0, bytes(new byte[] {'a'}))))
        .isInstanceOf(CorruptedWebSocketFrameException.class);
  }
}
