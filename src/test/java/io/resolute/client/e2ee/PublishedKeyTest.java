package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedKeyTest {
  private final Party alice = new Party("alice");
  private final Party bob = new Party("bob");

  @Test
  void anRsaBlockMayStandInFront() {
    String rsa = RsaScheme.generate(new SecureRandom()).publicKey();
    assertThat(bob.room.admit(alice.id, rsa + alice.publicKey)).isEqualTo(PeerStatus.VERIFIED);
  }

  @Test
  void anRsaBlockAloneIsOfAnotherKind() {
    String rsa = RsaScheme.generate(new SecureRandom()).publicKey();
    assertThat(bob.room.admit(alice.id, rsa)).isEqualTo(PeerStatus.UNSUPPORTED_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-----BEGIN RSA PUBLIC KEY-----", "\u0000", "\ud800"})
  void whatIsNoKeyIsOfAnotherKind(String text) {
    assertThat(bob.room.admit(alice.id, text)).isEqualTo(PeerStatus.UNSUPPORTED_KEY);
  }

  @Test
  void thereIsOneSpellingOnly() {
    String good = alice.publicKey;
    String[] others = {
      good + "\n",
      good + good,
      " " + good,
      "x" + good,
      good.replace("\n", "\r\n"),
      good.substring(0, good.length() - 1),
      good.replaceFirst("\n(.)", "$1\n"),
      good.replaceFirst("ADMISSION", "ADMISSIOM"),
      good.replaceFirst("=", "A"),
    };
    for (String other : others) {
      assertThat(PublishedKey.parse(other)).isEmpty();
      assertThat(bob.room.admit(alice.id, other)).isEqualTo(PeerStatus.DAMAGED_KEY);
    }
  }

  @Test
  void everyCharacterCounts() {
    for (int i = 0; i < alice.publicKey.length(); i += 7) {
      char other = alice.publicKey.charAt(i) == 'A' ? 'B' : 'A';
      String changed = alice.publicKey.substring(0, i) + other + alice.publicKey.substring(i + 1);
      assertThat(bob.room.admit(alice.id, changed))
          .as("character " + i)
          .isIn(PeerStatus.DAMAGED_KEY, PeerStatus.NOT_ADMITTED, PeerStatus.UNSUPPORTED_KEY);
    }
  }

  @Test
  void anAdmittedBundleMustBeSignedByItself() {
    byte[] bundle = alice.identity.bundle().encoded();
    bundle[Bundle.BYTES - 1] ^= 1;
    assertThat(bob.room.admit(alice.id, admitted(bundle))).isEqualTo(PeerStatus.DAMAGED_KEY);
  }

  @Test
  void anAdmittedBundleOfAnotherVersionIsRefused() {
    byte[] bundle = alice.identity.bundle().encoded();
    bundle[0] = 2;
    assertThat(bob.room.admit(alice.id, admitted(bundle))).isEqualTo(PeerStatus.DAMAGED_KEY);
  }

  @Test
  void aMemberWhoseKeyNothingCanBeSealedToIsRefused() {
    // All coefficients are 4095, out of range; the other point is the one of order one.
    byte[] outOfRange = new byte[Hpke.PUBLIC_KEY_BYTES];
    Arrays.fill(outOfRange, (byte) 0xFF);
    byte[] smallOrder = Hpke.publicKey(new byte[Hpke.SEED_BYTES]);
    Arrays.fill(smallOrder, Hpke.PUBLIC_KEY_BYTES - 32, Hpke.PUBLIC_KEY_BYTES, (byte) 0);
    for (byte[] kemKey : new byte[][] {outOfRange, smallOrder}) {
      byte[] encoded = alice.identity.bundle().encoded();
      byte[] sigKey = Arrays.copyOfRange(encoded, 1217, 1249);
      byte[] signature = alice.identity.sign(Bundle.signedPart(kemKey, sigKey));
      byte[] bundle = Bundle.of(kemKey, sigKey, signature).encoded();
      assertThat(bob.room.admit(alice.id, admitted(bundle))).isEqualTo(PeerStatus.DAMAGED_KEY);
    }
  }

  @Test
  void aSigningKeyOfSmallOrderIsRefused() {
    byte[] encoded = alice.identity.bundle().encoded();
    byte[] kemKey = Arrays.copyOfRange(encoded, 1, 1217);
    byte[] neutral = new byte[32];
    neutral[0] = 1;
    byte[] signature = Arrays.copyOf(neutral, 64);
    byte[] bundle = Bundle.of(kemKey, neutral, signature).encoded();
    assertThat(bob.room.admit(alice.id, admitted(bundle))).isEqualTo(PeerStatus.DAMAGED_KEY);
  }

  private static String admitted(byte[] bundle) {
    Admission admission = new Admission(RoomSecret.parse(Party.SECRET).orElseThrow());
    return PublishedKey.toPem(bundle, admission.tag(bundle));
  }

  @Test
  void base64HasOneSpelling() {
    assertThat(StrictBase64.decode("AAE=", 2)).isPresent();
    for (String other : new String[] {"AAF=", "AAE", "AAE= ", "AA-_", "AAE=\n", "AAE=AAE="}) {
      assertThat(StrictBase64.decode(other, 100)).as(other).isEmpty();
    }
    assertThat(StrictBase64.decode(Base64.getEncoder().encodeToString(new byte[3]), 2)).isEmpty();
  }
}
