package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFrameTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000})
  void isTheFrameThatNettyMakes(int length) {
    byte[] text = new byte[length];
    Arrays.fill(text, (byte) 'a');
    EmbeddedChannel netty = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
    netty.writeOutbound(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)));
    ByteBuf expected = Unpooled.buffer();
    for (ByteBuf part = netty.readOutbound(); part != null; part = netty.readOutbound()) {
      expected.writeBytes(part);
      part.release();
    }
    ByteBuf frame = TextFrame.encode(UnpooledByteBufAllocator.DEFAULT, text);
    assertThat(frame).isEqualTo(expected);
    frame.release();
    netty.finishAndReleaseAll();
  }
}
