package io.resolute.conformance;

import static io.resolute.testing.FrameSocket.BINARY;
import static io.resolute.testing.FrameSocket.CLOSE;
import static io.resolute.testing.FrameSocket.CONTINUATION;
import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.PING;
import static io.resolute.testing.FrameSocket.PONG;
import static io.resolute.testing.FrameSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.resolute.protocol.CloseCode;
import io.resolute.testing.FrameSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What a client sends to an echo, byte by byte, and which frames it must get back, no more and no
 * others, until the server ends the stream.
 */
final class Course {
  private static final int SHOWN = 64;

  private final String name;
  private final List<byte[]> sent = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();
  private boolean octets;
  private boolean ended;

  Course(String name) {
    this.name = name;
  }

  /** Sends a frame; {@code first} is its first byte: FIN, reserved bits and opcode. */
  Course send(int first, byte[] payload) {
    sent.add(FrameSocket.encode(first, payload));
    return this;
  }

  Course send(int first, String payload) {
    return send(first, payload.getBytes(UTF_8));
  }

  /** Sends bytes that are no frame. */
  Course sendRaw(int... bytes) {
    sent.add(bytes(bytes));
    return this;
  }

  /** Sends everything in pieces of one byte. */
  Course inOctets() {
    octets = true;
    return this;
  }

  Course expectText(byte[] payload) {
    expected.add(show(FIN | TEXT, payload));
    return this;
  }

  Course expectText(String payload) {
    return expectText(payload.getBytes(UTF_8));
  }

  Course expectBinary(byte[] payload) {
    expected.add(show(FIN | BINARY, payload));
    return this;
  }

  Course expectPong(byte[] payload) {
    expected.add(show(FIN | PONG, payload));
    return this;
  }

  Course expectPong(String payload) {
    return expectPong(payload.getBytes(UTF_8));
  }

  /** Expects that the server closes for a violation. */
  Course expectFailure(CloseCode code) {
    return expectClose(closing(code.code(), code.reason()));
  }

  /** Expects a close frame with exactly this payload. */
  Course expectClose(byte[] payload) {
    expected.add(show(FIN | CLOSE, payload));
    ended = true;
    return this;
  }

  /** Returns the payload of a close frame. */
  static byte[] closing(int code, String reason) {
    byte[] text = reason.getBytes(UTF_8);
    return ByteBuffer.allocate(Short.BYTES + text.length).putShort((short) code).put(text).array();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  List<String> expected() {
    return List.copyOf(expected);
  }

  /**
   * Sends everything, and a close frame at the end unless the server is to close.
   *
   * @return the frames that came until the stream ended, as {@link #expected} has them
   */
  List<String> run(int port) throws IOException {
    if (!ended) {
      send(FIN | CLOSE, closing(1000, "")).expectClose(closing(1000, ""));
    }
    List<String> received = new ArrayList<>();
    try (FrameSocket socket = FrameSocket.open(port)) {
      for (byte[] piece : pieces()) {
        socket.write(piece);
      }
      FrameSocket.Frame frame;
      do {
        frame = socket.read();
        received.add(show((frame.fin() ? FIN : 0) | frame.opcode(), frame.payload()));
      } while (frame.opcode() != CLOSE);
      if (!socket.isEnded()) {
        received.add("more after the close frame");
      }
    }
    return received;
  }

  private List<byte[]> pieces() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    sent.forEach(all::writeBytes);
    if (!octets) {
      return List.of(all.toByteArray());
    }
    List<byte[]> pieces = new ArrayList<>();
    for (byte octet : all.toByteArray()) {
      pieces.add(new byte[] {octet});
    }
    return pieces;
  }

  private static String show(int first, byte[] payload) {
    String kind =
        switch (first) {
          case FIN | TEXT -> "text";
          case FIN | BINARY -> "binary";
          case FIN | PONG -> "pong";
          case FIN | CLOSE -> "close";
          case CONTINUATION -> "continuation";
          case FIN | PING -> "ping";
          default -> "first byte " + first;
        };
    if (payload.length <= SHOWN) {
      return kind + " " + HexFormat.of().formatHex(payload);
    }
    CRC32 sum = new CRC32();
    sum.update(payload);
    return kind + " of " + payload.length + " bytes, CRC " + Long.toHexString(sum.getValue());
  }

  @Override
  public String toString() {
    return name;
  }
}
