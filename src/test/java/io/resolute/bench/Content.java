package io.resolute.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * What a message of the bench says: where it belongs, and letters that follow from that, so that no
 * part of it can change without being noticed. Letters and digits alone, a byte each.
 *
 * @param room which one of the run
 * @param from which member of the room has sent it
 * @param to which member it is for, or {@link #ALL}
 * @param sequence how many messages the sender has sent before
 * @param nanos of {@link System#nanoTime} when it was sent, or was to be sent
 */
record Content(int room, int from, int to, int sequence, long nanos) {
  /** Stands for every member but the sender. */
  static final int ALL = 0xFFFF;

  /** The bytes of the shortest content. */
  static final int SHORTEST = 40;

  /** The bytes of the longest one. */
  static final int LONGEST = 60_000;

  private static final int ROOM = 6;
  private static final int MEMBER = 4;
  private static final int SEQUENCE = 8;
  private static final int NANOS = 16;
  private static final int HEAD = ROOM + 2 * MEMBER + SEQUENCE + NANOS;
  private static final int HEX_BITS = 4;
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int START_BITS = 12;
  private static final byte[] LETTERS = letters();

  /** A text that is not the content of a message. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String what) {
      super(what);
    }
  }

  private static byte[] letters() {
    byte[] letters = new byte[(1 << START_BITS) + LONGEST];
    Random random = new Random(1);
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) ('g' + random.nextInt('z' - 'g' + 1));
    }
    return letters;
  }

  /** Fills {@code text}. */
  void write(byte[] text) {
    int at = hex(text, 0, room, ROOM);
    at = hex(text, at, from, MEMBER);
    at = hex(text, at, to, MEMBER);
    at = hex(text, at, sequence, SEQUENCE);
    at = hex(text, at, nanos, NANOS);
    System.arraycopy(LETTERS, start(), text, at, text.length - at);
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws DamagedException if a byte of it is another one
   */
  static Content read(byte[] text, int offset, int length) throws DamagedException {
    if (length < HEAD) {
      throw new DamagedException("cut off after " + length + " bytes");
    }
    int at = offset;
    int room = (int) number(text, at, ROOM);
    at += ROOM;
    int from = (int) number(text, at, MEMBER);
    at += MEMBER;
    int to = (int) number(text, at, MEMBER);
    at += MEMBER;
    int sequence = (int) number(text, at, SEQUENCE);
    at += SEQUENCE;
    Content content = new Content(room, from, to, sequence, number(text, at, NANOS));
    int start = content.start();
    int rest = length - HEAD;
    if (rest > LONGEST
        || !Arrays.equals(text, offset + HEAD, offset + length, LETTERS, start, start + rest)) {
      throw new DamagedException("its text is not the one that was sent");
    }
    return content;
  }

  /**
   * Returns what is wrong with it at the member where it has arrived; empty if nothing is.
   *
   * @param length how many bytes have arrived, of {@code size}
   */
  String faultAt(int itsRoom, int member, int length, int size) {
    if (length != size) {
      return "a message has arrived with " + length + " bytes instead of " + size;
    }
    if (room != itsRoom) {
      return "a message of another room has arrived";
    }
    boolean mine = to == member || to == ALL;
    return mine && from != member ? "" : "a message has arrived at one whom it is not for";
  }

  /** Each byte of the head moves the letters. */
  private int start() {
    long mixed = nanos * 31 + sequence;
    mixed = mixed * 31 + room;
    mixed = mixed * 31 + from;
    mixed = (mixed * 31 + to) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> (Long.SIZE - START_BITS)); // The top bits depend on all of them.
  }

  private static int hex(byte[] text, int at, long number, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
      text[at + digits - 1 - i] = DIGITS[(int) (number >>> (i * HEX_BITS)) & (DIGITS.length - 1)];
    }
    return at + digits;
  }

  private static long number(byte[] text, int at, int digits) throws DamagedException {
    long number = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(text[i], DIGITS.length);
      if (digit < 0) {
        throw new DamagedException("its head is not the one that was sent");
      }
      number = (number << HEX_BITS) | digit;
    }
    return number;
  }
}
