package io.resolute.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.memory.SecretMac;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HmacKeyDerivationTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final RoomId ROOM = new RoomId("R".repeat(32));

  private final List<SecretMac> macs = new ArrayList<>();

  private static byte[] secret(int first) {
    byte[] secret = new byte[SecretMac.BYTES];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) (first + i);
    }
    return secret;
  }

  private HmacKeyDerivation derivation(int first) {
    SecretMac mac = SecretMac.under(secret(first));
    macs.add(mac);
    return new HmacKeyDerivation(mac);
  }

  @AfterEach
  void wipe() {
    macs.forEach(SecretMac::close);
  }

  /** The key as RFC 2104 and the documented layout give it, by the JDK's own HMAC. */
  private static String expected(byte[] secret, RoomId room, long resets)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    StringBuilder key = new StringBuilder();
    for (int block = 0; key.length() < 32; block++) {
      mac.update("resolute/v1 forever key".getBytes(StandardCharsets.US_ASCII));
      mac.update(room.value().getBytes(StandardCharsets.US_ASCII));
      mac.update(ByteBuffer.allocate(12).putLong(resets).putInt(block).array());
      for (byte value : mac.doFinal()) {
        int candidate = value & 63;
        if (candidate < ALPHABET.length() && key.length() < 32) {
          key.append(ALPHABET.charAt(candidate));
        }
      }
    }
    return key.toString();
  }

  @Test
  void aKeyIsWhatAnotherHmacGives() throws GeneralSecurityException {
    RandomTokens random = new RandomTokens(new SecureRandom());
    for (int i = 0; i < 200; i++) {
      RoomId room = random.roomId();
      long resets = i % 2 == 0 ? i : Long.MAX_VALUE - i;
      assertThat(derivation(i).derive(room, resets))
          .isEqualTo(new JoinKey(expected(secret(i), room, resets)));
    }
  }

  @Test
  void everyKeyTakesTwoMacsHoweverManyItNeedsAndLeavesNone() {
    SecretMac secret = SecretMac.under(secret(0));
    macs.add(secret);
    List<byte[]> taken = new ArrayList<>();
    HmacKeyDerivation derivation =
        new HmacKeyDerivation(
            message -> {
              byte[] mac = secret.of(message);
              taken.add(mac);
              return mac;
            });
    for (long resets = 0; resets < 100; resets++) {
      assertThat(derivation.derive(ROOM, resets)).isEqualTo(derivation(0).derive(ROOM, resets));
      assertThat(taken).hasSize(2).allSatisfy(mac -> assertThat(mac).containsOnly(0));
      taken.clear();
    }
  }

  @Test
  void aKeyIsTheSameWheneverItIsDerived() {
    HmacKeyDerivation derivation = derivation(0);
    JoinKey key = derivation.derive(ROOM, 0);
    derivation.derive(ROOM, 1);
    assertThat(derivation.derive(ROOM, 0)).isEqualTo(key);
    assertThat(derivation(0).derive(ROOM, 0)).isEqualTo(key);
  }

  @Test
  void everyRoomResetAndSecretHasItsOwn() {
    Set<JoinKey> keys = new HashSet<>();
    for (int secret = 0; secret < 3; secret++) {
      HmacKeyDerivation derivation = derivation(secret);
      for (long resets = 0; resets < 100; resets++) {
        assertThat(keys.add(derivation.derive(ROOM, resets))).isTrue();
        assertThat(keys.add(derivation.derive(new RoomId("S".repeat(32)), resets))).isTrue();
      }
    }
  }
}
