package io.resolute.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What is said to those who speak HTTP without TLS. */
final class PlainHttp {
  /** How many bytes it takes to tell; TLS cannot tell with fewer either (RFC 8446 §5.1). */
  static final int ENOUGH = 5;

  // Methods of RFC 9110 and RFC 5789, as far as they are told apart. No TLS begins with a letter.
  private static final Set<String> METHODS =
      Set.of(
          "GET /", "GET h", "HEAD ", "POST ", "PUT /", "DELET", "OPTIO", "PATCH", "TRACE", "CONNE");

  private static final String TEXT =
      "This server speaks TLS alone: write https:// for http://, and wss:// for ws://.\n";
  private static final byte[] ANSWER =
      ("HTTP/1.1 400 Bad Request\r\n"
              + "Content-Type: text/plain; charset=utf-8\r\n"
              + "Content-Length: "
              + TEXT.length()
              + "\r\nConnection: close\r\n\r\n"
              + TEXT)
          .getBytes(StandardCharsets.US_ASCII);

  private PlainHttp() {}

  /** Returns whether the {@link #ENOUGH} bytes or more in {@code in} begin a request. */
  static boolean begins(ByteBuf in) {
    return METHODS.contains(in.toString(in.readerIndex(), ENOUGH, StandardCharsets.US_ASCII));
  }

  /** Returns the one answer to all of them, which quotes nothing. */
  static ByteBuf answer() {
    return Unpooled.wrappedBuffer(ANSWER);
  }
}
