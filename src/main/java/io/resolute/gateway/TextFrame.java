package io.resolute.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Text messages of a server as they go over the wire, each in one frame, RFC 6455 §5.2. */
final class TextFrame {
  private static final int WHOLE_TEXT = 0x81;
  private static final int LONGEST_SHORT = 125;
  private static final int TWO_BYTES_FOLLOW = 126;
  private static final int LONGEST_WITH_TWO = 0xFFFF;
  private static final int EIGHT_BYTES_FOLLOW = 127;
  private static final int LONGEST_HEADER = 2 + Long.BYTES;

  private TextFrame() {}

  /**
   * Returns the frame that carries {@code text}, in memory that TLS takes it from: out of an array,
   * it would make a copy of its own.
   *
   * @param text well-formed UTF-8
   */
  static ByteBuf encode(ByteBufAllocator allocator, byte[] text) {
    ByteBuf frame = allocator.directBuffer(LONGEST_HEADER + text.length).writeByte(WHOLE_TEXT);
    if (text.length <= LONGEST_SHORT) {
      frame.writeByte(text.length);
    } else if (text.length <= LONGEST_WITH_TWO) {
      frame.writeByte(TWO_BYTES_FOLLOW).writeShort(text.length);
    } else {
      frame.writeByte(EIGHT_BYTES_FOLLOW).writeLong(text.length);
    }
    return frame.writeBytes(text);
  }
}
