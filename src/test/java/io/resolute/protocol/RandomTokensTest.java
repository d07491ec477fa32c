package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RandomTokensTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int BYTE_VALUES = 256;

  @Test
  void everyTokenIsThirtyTwoLettersAndDigits() {
    RandomTokens tokens = new RandomTokens(new SecureRandom());
    for (int i = 0; i < 1000; i++) {
      assertThat(tokens.next()).matches("[A-Za-z0-9]{32}");
      assertThat(tokens.roomId().value()).matches("[A-Za-z0-9]{32}");
      assertThat(tokens.userId().value()).matches("[A-Za-z0-9]{32}");
      assertThat(tokens.joinKey().value()).matches("[A-Za-z0-9]{32}");
    }
  }

  @Test
  void noTokenComesTwice() {
    RandomTokens tokens = new RandomTokens(new SecureRandom());
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(tokens.next())).isTrue();
    }
  }

  @Test
  void everyCharacterStandsForEquallyManyBytes() {
    Map<Character, Integer> counts = new HashMap<>();
    int drawnAgain = 0;
    for (int value = 0; value < BYTE_VALUES; value++) {
      FirstByte generator = new FirstByte((byte) value);
      String token = new RandomTokens(generator).next();
      if (generator.draws == 1) {
        counts.merge(token.charAt(0), 1, Integer::sum);
      } else {
        drawnAgain++;
      }
    }
    assertThat(drawnAgain).isEqualTo(BYTE_VALUES - 4 * ALPHABET.length());
    assertThat(counts).hasSize(ALPHABET.length());
    assertThat(counts.values()).containsOnly(4);
    assertThat(ALPHABET.chars().mapToObj(c -> (char) c)).allMatch(counts::containsKey);
  }

  @Test
  void theTwoValuesLeftOverAreDrawnAgainAndNotFolded() {
    for (int value : new int[] {62, 63, 126, 127, 190, 191, 254, 255}) {
      FirstByte generator = new FirstByte((byte) value);
      assertThat(new RandomTokens(generator).next()).isEqualTo("A".repeat(32));
      assertThat(generator.draws).isEqualTo(2);
    }
  }

  @Test
  void everyCharacterComesEquallyOftenAtEveryPlace() {
    byte[] all = new byte[BYTE_VALUES];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    byte[] token = new byte[4 * ALPHABET.length()];
    assertThat(RandomTokens.fill(token, 0, all)).isEqualTo(token.length);
    Arrays.sort(token);
    byte[] expected = ALPHABET.repeat(4).getBytes(StandardCharsets.US_ASCII);
    Arrays.sort(expected);
    assertThat(token).isEqualTo(expected);
  }

  @Test
  void whatATokenWasDrawnFromIsWiped() {
    List<byte[]> drawn = new ArrayList<>();
    String token =
        new RandomTokens(
                (byte[] bytes) -> {
                  Arrays.fill(bytes, (byte) 1);
                  drawn.add(bytes);
                })
            .next();
    assertThat(token).isEqualTo("B".repeat(32));
    assertThat(drawn).isNotEmpty().allSatisfy(bytes -> assertThat(bytes).containsOnly(0));
  }

  @Test
  void whatIsFilledAlreadyIsKept() {
    byte[] token = {'x', 'y', '?', '?'};
    assertThat(RandomTokens.fill(token, 2, new byte[] {63, 1, 62, 61, 5})).isEqualTo(4);
    assertThat(token).containsExactly('x', 'y', 'B', '9');
  }

  /** A generator whose very first byte is given, and whose others are all zero. */
  private static final class FirstByte implements RandomGenerator {
    private final byte first;
    private int draws;

    FirstByte(byte first) {
      this.first = first;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 0);
      if (draws++ == 0) {
        bytes[0] = first;
      }
    }

    @Override
    public long nextLong() {
      throw new UnsupportedOperationException("tokens are made of bytes");
    }
  }
}
