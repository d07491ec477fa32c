package io.resolute.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SecretMacTest {
  private static final Random RANDOM = new Random(1);

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static byte[] expected(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  @Test
  void messagesOfEveryLengthAroundTheBlocksHaveTheMacThatTheJdkGives()
      throws GeneralSecurityException {
    for (int length = 0; length < 4 * 64; length++) {
      byte[] key = random(SecretMac.BYTES);
      byte[] message = random(length);
      try (SecretMac mac = SecretMac.under(key.clone())) {
        assertThat(mac.of(message)).as("%d bytes", length).isEqualTo(expected(key, message));
        assertThat(mac.of(message)).as("again").isEqualTo(expected(key, message));
      }
    }
  }

  /** RFC 4231 §4.3, its key filled with the zeros that HMAC fills it with. */
  @Test
  void thePublishedVectorHolds() {
    byte[] key = Arrays.copyOf("Jefe".getBytes(StandardCharsets.US_ASCII), SecretMac.BYTES);
    byte[] message = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
    try (SecretMac mac = SecretMac.under(key)) {
      assertThat(HexFormat.of().formatHex(mac.of(message)))
          .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
  }

  @Test
  void theKeyThatIsGivenIsOverwritten() {
    byte[] key = random(SecretMac.BYTES);
    SecretMac.under(key).close();
    assertThat(key).containsOnly(0);
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    for (int length : new int[] {0, 16, 31, 33}) {
      assertThatIllegalArgumentException().isThrownBy(() -> SecretMac.under(new byte[length]));
    }
  }

  @Test
  void everyKeyThatIsDrawnIsAnother() {
    byte[] message = random(10);
    try (SecretMac one = SecretMac.draw();
        SecretMac other = SecretMac.draw()) {
      assertThat(one.of(message)).isNotEqualTo(other.of(message));
      assertThat(one.of(message)).isEqualTo(one.of(message));
    }
  }

  @Test
  void nothingButTheKeyIsLeftBesideItAfterAUse() {
    byte[] key = random(SecretMac.BYTES);
    SecretMemory memory = SecretMemory.allocate(SecretMac.SIZE);
    try (SecretMac mac = SecretMac.under(key.clone(), memory)) {
      mac.of(random(100));
      byte[] left = new byte[SecretMac.SIZE];
      memory.use(bytes -> bytes.get(0, left));
      assertThat(left).isEqualTo(Arrays.copyOf(key, SecretMac.SIZE));
    }
  }

  @Test
  void afterClosingThereIsNoMac() {
    SecretMac mac = SecretMac.draw();
    mac.close();
    assertThatIllegalStateException().isThrownBy(() -> mac.of(new byte[1]));
    mac.close();
  }
}
