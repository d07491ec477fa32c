package io.resolute.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;

/**
 * Requires text messages to be well-formed UTF-8, RFC 6455 §8.1. Most are ASCII alone and of one
 * frame, and these it tells eight bytes at a time; Netty's validator looks at each byte of the
 * others, and knows what the fragments of a message are together.
 */
final class Utf8Check extends Utf8FrameValidator {
  private static final long NOT_ASCII = 0x8080808080808080L;

  Utf8Check() {
    super(false);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (message instanceof TextWebSocketFrame text
        && text.isFinalFragment()
        && isAscii(text.content())) {
      ctx.fireChannelRead(message);
    } else {
      super.channelRead(ctx, message);
    }
  }

  private static boolean isAscii(ByteBuf text) {
    int end = text.writerIndex();
    int i = text.readerIndex();
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      if ((text.getLongLE(i) & NOT_ASCII) != 0) {
        return false;
      }
    }
    for (; i < end; i++) {
      if (text.getByte(i) < 0) {
        return false;
      }
    }
    return true;
  }
}
