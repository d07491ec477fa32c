package io.resolute.conformance;

import static io.resolute.conformance.Course.bytes;
import static io.resolute.testing.FrameSocket.CONTINUATION;
import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Sequences of bytes that are UTF-8 (RFC 3629), and that are not. */
final class Utf8Cases {
  private Utf8Cases() {}

  /**
   * Returns texts: the first and last of each length, what surrounds the gaps, and non-characters.
   */
  static Stream<byte[]> valid() {
    return Stream.of(
            "\0",
            "\u007F",
            "\u0080",
            "\u07FF",
            "\u0800",
            "\uD7FF",
            "\uE000",
            "\uFFFD",
            "\uFFFE",
            "\uFFFF",
            "\uFDD0",
            "\uFEFF",
            "\uD800\uDC00",
            "\uD83F\uDFFE",
            "\uDBFF\uDFFF",
            "Hello-µ@ßöäüàá-UTF-8!!",
            "κόσμε")
        .map(text -> text.getBytes(UTF_8));
  }

  /** Returns what can be told from its beginning: no byte behind it makes it a text. */
  static Stream<byte[]> hopeless() {
    return Stream.of(
        bytes(0x80), // a continuation of nothing
        bytes(0xBF),
        bytes(0xE0, 0xA0, 0x80, 0x80), // one too many
        bytes(0xC3, 0x28), // none where one must be
        bytes(0xE2, 0x82, 0x28),
        bytes(0xF0, 0x9F, 0x92, 0x28),
        bytes(0xC0, 0xAF), // longer than need be
        bytes(0xC1, 0xBF),
        bytes(0xE0, 0x80, 0xAF),
        bytes(0xE0, 0x9F, 0xBF),
        bytes(0xF0, 0x80, 0x80, 0xAF),
        bytes(0xF0, 0x8F, 0xBF, 0xBF),
        bytes(0xC0, 0x80),
        bytes(0xED, 0xA0, 0x80), // halves of surrogate pairs
        bytes(0xED, 0xBF, 0xBF),
        bytes(0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80),
        bytes(0xF4, 0x90, 0x80, 0x80), // above the last character
        bytes(0xF5, 0x80, 0x80, 0x80),
        bytes(0xF8, 0x88, 0x80, 0x80, 0x80),
        bytes(0xFC, 0x84, 0x80, 0x80, 0x80, 0x80),
        bytes(0xFE),
        bytes(0xFF));
  }

  /** Returns all of those, and texts that end within a character. */
  static Stream<byte[]> invalid() {
    return Stream.concat(
        hopeless(),
        Stream.of(
            bytes(0xC3), bytes(0xE2, 0x82), bytes(0xE2), bytes(0xF0, 0x9F, 0x92), bytes(0xF4)));
  }

  /**
   * Returns courses that send a message whole, in octets, in two frames, and in frames of a byte.
   */
  static List<Course> cuts(byte[] message) {
    int half = message.length / 2;
    Course frames = new Course("in frames of a byte");
    for (int i = 0; i < message.length; i++) {
      frames.send(i == 0 ? TEXT : CONTINUATION, Arrays.copyOfRange(message, i, i + 1));
    }
    return List.of(
        new Course("in one frame").send(FIN | TEXT, message),
        new Course("in octets").inOctets().send(FIN | TEXT, message),
        new Course("in two frames")
            .send(TEXT, Arrays.copyOf(message, half))
            .send(FIN | CONTINUATION, Arrays.copyOfRange(message, half, message.length)),
        frames.send(FIN | CONTINUATION, new byte[0]));
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  static String name(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
