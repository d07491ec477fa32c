package io.resolute.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where a JSON string of plain text ends, sixteen bytes at a time: in messages it is long.
 */
final class PlainText {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private PlainText() {}

  /**
   * Returns where the first byte is that does not stand for itself in a JSON string: a quote, a
   * backslash or a control character. The length of the frame if there is none.
   *
   * @param frame UTF-8
   * @param from where to begin
   */
  static int end(byte[] frame, int from) {
    int end = from;
    while (end <= frame.length - 2 * Long.BYTES
        && (special(frame, end) | special(frame, end + Long.BYTES)) == 0) {
      end += 2 * Long.BYTES;
    }
    while (end < frame.length && isPlain(frame[end])) {
      end++;
    }
    return end;
  }

  /**
   * Returns 0 if {@link #isPlain} holds for each of eight bytes. Subtracting a number from each at
   * once sets the highest bit of the first one that was smaller, and not negative before.
   */
  private static long special(byte[] frame, int at) {
    long bytes = (long) EIGHT_BYTES.get(frame, at);
    long smaller = ((bytes ^ QUOTES) - ONES) | ((bytes ^ BACKSLASHES) - ONES) | (bytes - SPACES);
    return smaller & ~bytes & HIGHEST_BITS;
  }

  private static boolean isPlain(byte b) {
    return b != '"' && b != '\\' && (b >= ' ' || b < 0);
  }
}
