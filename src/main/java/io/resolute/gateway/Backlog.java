package io.resolute.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Frames that wait, in their order. They are kept as bytes in one buffer, because the objects of a
 * frame take hundreds of them and a client decides how small its frames are; and outside the heap,
 * because a join key may be in them and arrays are copied by the garbage collector. What waits
 * takes no more than what came over the wire, and at most as much again for growing. To be used on
 * one event loop alone.
 */
final class Backlog {
  // Before each payload: opcode and FIN as in RFC 6455 §5.2, and how long it is. A client's frame
  // has six bytes there at the least.
  private static final int HEADER = Byte.BYTES + Integer.BYTES;
  private static final int FIN = 0x80;
  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;

  private final ByteBufAllocator allocator;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

  /**
   * Makes an empty one.
   *
   * @param allocator gives memory that is wiped before anybody else gets it
   */
  Backlog(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  boolean isEmpty() {
    return !bytes.isReadable();
  }

  /** Returns how many bytes wait, with those that tell one frame from the next. */
  int size() {
    return bytes.readableBytes();
  }

  /** Puts a frame behind the others. The one that is given is left as it is. */
  void add(WebSocketFrame frame) {
    ByteBuf content = frame.content();
    int length = content.readableBytes();
    if (bytes.capacity() == 0) {
      bytes = allocator.directBuffer(HEADER + length);
    } else {
      bytes.discardSomeReadBytes();
    }
    bytes.writeByte(opcodeOf(frame) | (frame.isFinalFragment() ? FIN : 0));
    bytes.writeInt(length).writeBytes(content, content.readerIndex(), length);
  }

  /** Takes the first frame out, which is to be released. */
  WebSocketFrame remove() {
    int first = bytes.readByte();
    int length = bytes.readInt();
    // A copy, as whoever keeps a slice of it would keep all that waits.
    ByteBuf content = length == 0 ? Unpooled.EMPTY_BUFFER : allocator.directBuffer(length);
    bytes.readBytes(content, length);
    if (isEmpty()) {
      clear();
    }
    return frame((first & FIN) != 0, first & 0x0F, content);
  }

  /** Drops, and wipes, what waits. */
  void clear() {
    bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
  }

  private static int opcodeOf(WebSocketFrame frame) {
    if (frame instanceof TextWebSocketFrame) {
      return TEXT;
    }
    if (frame instanceof ContinuationWebSocketFrame) {
      return CONTINUATION;
    }
    if (frame instanceof BinaryWebSocketFrame) {
      return BINARY;
    }
    if (frame instanceof CloseWebSocketFrame) {
      return CLOSE;
    }
    return frame instanceof PingWebSocketFrame ? PING : PONG;
  }

  private static WebSocketFrame frame(boolean fin, int opcode, ByteBuf content) {
    return switch (opcode) {
      case TEXT -> new TextWebSocketFrame(fin, 0, content);
      case CONTINUATION -> new ContinuationWebSocketFrame(fin, 0, content);
      case BINARY -> new BinaryWebSocketFrame(fin, 0, content);
      case CLOSE -> new CloseWebSocketFrame(fin, 0, content);
      case PING -> new PingWebSocketFrame(fin, 0, content);
      default -> new PongWebSocketFrame(fin, 0, content);
    };
  }
}
