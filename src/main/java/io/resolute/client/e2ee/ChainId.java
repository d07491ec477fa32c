package io.resolute.client.e2ee;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Names a chain of one sender: its number, four bytes big-endian, and twelve random bytes. A sender
 * counts its chains up, so that an old one cannot be passed off as new.
 */
final class ChainId {
  static final int BYTES = 16;
  private static final int RANDOM_BYTES = BYTES - Integer.BYTES;

  private final byte[] value;

  private ChainId(byte[] value) {
    this.value = value;
  }

  /**
   * Draws an id.
   *
   * @param number 0 and up
   */
  static ChainId next(int number, SecureRandom random) {
    byte[] noise = new byte[RANDOM_BYTES];
    random.nextBytes(noise);
    return new ChainId(ByteBuffer.allocate(BYTES).putInt(number).put(noise).array());
  }

  /**
   * Takes the next 16 bytes.
   *
   * @throws RejectedException with {@link Rejection#MALFORMED} if the number has its highest bit
   *     set
   */
  static ChainId read(ByteBuffer from) throws RejectedException {
    byte[] value = new byte[BYTES];
    from.get(value);
    if (value[0] < 0) {
      throw new RejectedException(Rejection.MALFORMED);
    }
    return new ChainId(value);
  }

  byte[] bytes() {
    return value.clone();
  }

  boolean isNewerThan(ChainId other) {
    return number() > other.number();
  }

  private int number() {
    return ByteBuffer.wrap(value).getInt();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChainId id && Arrays.equals(value, id.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "ChainId[hidden]";
  }
}
