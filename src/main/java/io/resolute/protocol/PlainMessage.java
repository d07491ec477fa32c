package io.resolute.protocol;

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
    int end = PlainText.end(frame, at);
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

  /** Returns the text up to the next quote; null if it has more bytes than it may. */
  private @Nullable String text(int longest) {
    int from = at;
    at = PlainText.end(frame, at);
    return at - from > longest ? null : new String(frame, from, at - from, StandardCharsets.UTF_8);
  }
}
