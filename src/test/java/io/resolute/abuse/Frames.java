package io.resolute.abuse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of a client's frames, RFC 6455 §5.2, for those who send many. */
final class Frames {
  private static final int MASKED = 0x80;
  private static final byte[] MASK = new byte[4]; // One that changes nothing.

  private Frames() {}

  /** Returns a frame; {@code first} is its first byte: FIN, reserved bits and opcode. */
  static byte[] of(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    frame.writeBytes(head(first, payload.length));
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** Returns a frame with a text as its payload, with single quotes for double ones. */
  static byte[] of(int first, String payload) {
    return of(first, payload.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** Returns what stands before a payload. */
  static byte[] head(int first, int length) {
    ByteBuffer head = ByteBuffer.allocate(14).put((byte) first);
    if (length < 126) {
      head.put((byte) (MASKED | length));
    } else if (length < 65_536) {
      head.put((byte) (MASKED | 126)).putShort((short) length);
    } else {
      head.put((byte) (MASKED | 127)).putLong(length);
    }
    head.put(MASK);
    byte[] bytes = new byte[head.position()];
    head.flip().get(bytes);
    return bytes;
  }

  /** Returns the same bytes so many times. */
  static byte[] times(int n, byte[] bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(n * bytes.length);
    for (int i = 0; i < n; i++) {
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }
}
