package io.resolute.protocol;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Draws ids and keys, every character of the alphabet with the same chance.
 *
 * <p>As safe for use by several threads as the generator that it is given; {@link SecureRandom} is.
 */
public final class RandomTokens {
  private static final int CANDIDATES = 64;

  private final Consumer<byte[]> random;

  /** Draws from {@code random}, which the server's security rests on: a {@link SecureRandom}. */
  public RandomTokens(RandomGenerator random) {
    this(random::nextBytes);
  }

  /** Draws from what {@code random} fills arrays of 32 bytes with. */
  public RandomTokens(Consumer<byte[]> random) {
    this.random = random;
  }

  /** Returns a new room id. */
  public RoomId roomId() {
    return new RoomId(next());
  }

  /** Returns a new user id. */
  public UserId userId() {
    return new UserId(next());
  }

  /** Returns a new join key. */
  public JoinKey joinKey() {
    return new JoinKey(draw());
  }

  /** Returns 32 characters from {@code A–Z a–z 0–9}. */
  public String next() {
    return new String(draw(), StandardCharsets.US_ASCII);
  }

  private byte[] draw() {
    byte[] token = new byte[Token.LENGTH];
    byte[] bytes = new byte[Token.LENGTH];
    int filled = 0;
    while (filled < token.length) {
      random.accept(bytes);
      filled = fill(token, filled, bytes);
    }
    Arrays.fill(bytes, (byte) 0);
    return token;
  }

  /**
   * Writes the characters that {@code bytes} stand for into {@code token} from {@code filled} on.
   *
   * @return how many characters of {@code token} are filled now
   */
  static int fill(byte[] token, int filled, byte[] bytes) {
    int next = filled;
    for (int i = 0; i < bytes.length && next < token.length; i++) {
      int candidate = bytes[i] & (CANDIDATES - 1);
      // Six bits give 64 values for 62 characters: the two left over are drawn again, not folded.
      if (candidate < Token.ALPHABET.length()) {
        token[next++] = (byte) Token.ALPHABET.charAt(candidate);
      }
    }
    return next;
  }
}
