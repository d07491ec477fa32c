package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts of a hostile client, as one frame, as two, and as the reason of a close frame. The first
 * byte of an input says where it is cut in two, and is not part of the text.
 */
class Utf8CheckFuzzTest {
  private static final int NORMAL = 1000;

  static Stream<byte[]> texts() {
    return Stream.of(
            "",
            "\u0003hello",
            "\u0008sixteen bytes ..",
            "\u0009more than sixteen bytes",
            "\u0001\u00c3\u00bc",
            "\u0002\u00f0\u009f\u0091\u008b",
            "\u0000eight by\u00c3",
            "\u0000eight by\u00ff",
            "\u0001\u00c0\u0080",
            "\u0001\u00ed\u00a0\u0080",
            "\u0001\u00f4\u0090\u0080\u0080",
            "\u0004eight by\u0080")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("texts")
  @FuzzTest
  void aTextPassesIfItIsUtf8AndOnlyThen(byte[] input) {
    int length = Math.max(input.length - 1, 0);
    int cut = length == 0 ? 0 : Byte.toUnsignedInt(input[0]) % (length + 1);
    boolean utf8 = isUtf8(bytes(input, 0, length));
    assertThat(passes(new TextWebSocketFrame(bytes(input, 0, length)))).isEqualTo(utf8);
    assertThat(
            passes(
                new TextWebSocketFrame(false, 0, bytes(input, 0, cut)),
                new ContinuationWebSocketFrame(true, 0, bytes(input, cut, length - cut))))
        .isEqualTo(utf8);
    ByteBuf close = Unpooled.buffer().writeShort(NORMAL).writeBytes(bytes(input, 0, length));
    assertThat(WebSocketPeer.hasTextReason(new CloseWebSocketFrame(true, 0, close)))
        .isEqualTo(utf8);
  }

  /** As they stand in what was read from a socket: not from its first byte on. */
  private static ByteBuf bytes(byte[] input, int from, int length) {
    return length == 0
        ? Unpooled.EMPTY_BUFFER
        : Unpooled.wrappedBuffer(input).slice(from + 1, length);
  }

  private static boolean isUtf8(ByteBuf text) {
    ByteBuffer bytes = text.nioBuffer();
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  private static boolean passes(WebSocketFrame... frames) {
    EmbeddedChannel channel = new EmbeddedChannel(new Utf8Check());
    try {
      for (WebSocketFrame frame : frames) {
        channel.writeInbound(frame);
      }
      assertThat(channel.inboundMessages()).hasSize(frames.length);
      return true;
    } catch (CorruptedWebSocketFrameException malformed) {
      return false;
    } finally {
      channel.finishAndReleaseAll();
    }
  }
}
