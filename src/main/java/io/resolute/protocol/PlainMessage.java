package io.resolute.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code send-message} that is spelled as most clients spell it: without spaces, escapes or
 * fields that the protocol does not know, and in the order of Client-API.md. These are nearly all
 * frames that a relay gets. What it does not recognize is for the parser; what it does, the parser
 * would read in the same way.
 */
final class PlainMessage {
  private static final byte[] COMMAND = ascii("{\"cmd\":\"send-message\",");
  private static final byte[] ID = ascii("\"id\":\"");
  private static final byte[] ROOM = ascii("\"data\":{\"room_id\":\"");
  private static final byte[] RECIPIENT = ascii("\"to_user_id\":\"");
  private static final byte[] CONTENT = ascii("\"content\":\"");
  private static final byte[] NEXT = ascii("\",");
  private static final byte[] END = ascii("\"}}");

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private final byte[] frame;
  private int at;

  private PlainMessage(byte[] frame) {
    this.frame = frame;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Returns the request in a frame; null if that is for the parser to tell.
   *
   * @param frame well-formed UTF-8
   */
  static ClientFrame.@Nullable Request read(byte[] frame) {
    return new PlainMessage(frame).read();
  }

  private ClientFrame.@Nullable Request read() {
    if (!skip(COMMAND)) {
      return null;
    }
    String id = null;
    if (skip(ID)) {
      id = text(PacketJson.MAX_REQUEST_ID);
      if (id == null || !skip(NEXT)) {
        return null;
      }
    }
    String room = skip(ROOM) ? text(Token.LENGTH) : null;
    if (room == null || !skip(NEXT)) {
      return null;
    }
    String to = null;
    if (skip(RECIPIENT)) {
      to = text(Token.LENGTH);
      if (to == null || !skip(NEXT)) {
        return null;
      }
    }
    return skip(CONTENT) ? message(id, room, to) : null;
  }

  private ClientFrame.@Nullable Request message(
      @Nullable String id, String room, @Nullable String to) {
    int from = at;
    int end = endOfText();
    at = end;
    boolean whole = skip(END) && at == frame.length;
    if (!whole || !Token.hasForm(room) || (to != null && !Token.hasForm(to))) {
      return null;
    }
    return new ClientFrame.Request(
        id,
        new ClientPacket.SendMessage(
            new RoomId(room), to == null ? null : new UserId(to), Content.in(frame, from, end)));
  }

  private boolean skip(byte[] expected) {
    if (frame.length - at < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (frame[at + i] != expected[i]) {
        return false;
      }
    }
    at += expected.length;
    return true;
  }

  /**
   * Returns the text up to the next quote; null if it is longer, or not ASCII that stands for
   * itself.
   */
  private @Nullable String text(int longest) {
    int from = at;
    at = endOfText();
    if (at - from > longest) {
      return null;
    }
    for (int i = from; i < at; i++) {
      if (frame[i] < 0) {
        return null;
      }
    }
    return new String(frame, from, at - from, StandardCharsets.US_ASCII);
  }

  /** Returns where the first byte is that does not stand for itself in a text. */
  private int endOfText() {
    int end = at;
    while (end <= frame.length - Long.BYTES && arePlain((long) EIGHT_BYTES.get(frame, end))) {
      end += Long.BYTES;
    }
    while (end < frame.length && isPlain(frame[end])) {
      end++;
    }
    return end;
  }

  /**
   * Returns whether {@link #isPlain} holds for each of eight bytes. Subtracting a number from each
   * at once leaves the highest bit of one that was smaller, and not negative before.
   */
  private static boolean arePlain(long bytes) {
    long quotes = bytes ^ QUOTES;
    long backslashes = bytes ^ BACKSLASHES;
    long smaller =
        ((quotes - ONES) & ~quotes)
            | ((backslashes - ONES) & ~backslashes)
            | ((bytes - SPACES) & ~bytes);
    return (smaller & HIGHEST_BITS) == 0;
  }

  private static boolean isPlain(byte b) {
    return b != '"' && b != '\\' && (b >= ' ' || b < 0);
  }
}
