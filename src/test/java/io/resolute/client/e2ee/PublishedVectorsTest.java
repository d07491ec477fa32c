package io.resolute.client.e2ee;

import static io.resolute.client.e2ee.Json.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.prng.FixedSecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;
import org.junit.jupiter.api.Test;

/** The primitives do what the documents say that define them, and so do those of the JDK. */
class PublishedVectorsTest {
  @Test
  void hmacIsThatOfRfc4231() throws Exception {
    for (JsonNode one : Json.vectors("published/rfc4231.json").required("cases")) {
      assertThat(Spec.hmac(hex(one, "key"), hex(one, "data"))).isEqualTo(hex(one, "tag"));
      assertThat(Kdf.hmac(hex(one, "key"), hex(one, "data"))).isEqualTo(hex(one, "tag"));
    }
  }

  @Test
  void hkdfIsThatOfRfc5869() throws Exception {
    for (JsonNode one : Json.vectors("published/rfc5869.json").required("cases")) {
      byte[] okm = hex(one, "okm");
      byte[] key = Spec.extract(hex(one, "salt"), hex(one, "ikm"));
      assertThat(Spec.expand(key, hex(one, "info"), okm.length)).isEqualTo(okm);
      assertThat(Kdf.hkdf(hex(one, "ikm"), hex(one, "salt"), hex(one, "info"), okm.length))
          .isEqualTo(okm);
    }
  }

  @Test
  void ed25519IsThatOfRfc8032() throws Exception {
    for (JsonNode one : Json.vectors("published/rfc8032.json").required("cases")) {
      byte[] key = hex(one, "private_key");
      byte[] message = hex(one, "message");
      byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
      Ed25519.generatePublicKey(key, 0, publicKey, 0);
      assertThat(publicKey).isEqualTo(hex(one, "public_key"));
      assertThat(Spec.ed25519PublicKey(key)).isEqualTo(hex(one, "public_key"));
      assertThat(Spec.ed25519(key, message)).isEqualTo(hex(one, "signature"));
      assertThat(new Identity(new byte[Hpke.SEED_BYTES], key).sign(message))
          .isEqualTo(hex(one, "signature"));
      assertThat(Ed25519.verify(hex(one, "signature"), 0, publicKey, 0, message, 0, message.length))
          .isTrue();
    }
  }

  @Test
  void xWingIsThatOfItsDraft() throws IOException {
    JsonNode one = Json.vectors("published/x-wing.json");
    byte[] seed = hex(one, "private_key");
    byte[] publicKey = Hpke.publicKey(seed);
    assertThat(publicKey).isEqualTo(hex(one, "public_key"));
    SecretWithEncapsulation sent =
        new XWingKEMGenerator(new FixedSecureRandom(hex(one, "encapsulation_seed")))
            .generateEncapsulated(new XWingPublicKeyParameters(publicKey));
    assertThat(sent.getEncapsulation()).isEqualTo(hex(one, "enc"));
    assertThat(sent.getSecret()).isEqualTo(hex(one, "shared_secret"));
    assertThat(
            new XWingKEMExtractor(new XWingPrivateKeyParameters(seed))
                .extractSecret(hex(one, "enc")))
        .isEqualTo(hex(one, "shared_secret"));
  }

  @Test
  void hpkeIsThatOfRfc9180() throws Exception {
    JsonNode one = Json.vectors("published/rfc9180.json");
    HPKE suite =
        new HPKE(
            HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM128);
    assertOpens(
        suite,
        suite.deserializePrivateKey(
            hex(one, "recipient_private_key"), hex(one, "recipient_public_key")),
        one);
  }

  @Test
  void hpkeWithXWingIsThatOfItsDraft() throws Exception {
    JsonNode one = Json.vectors("published/hpke-x-wing.json");
    HPKE suite =
        new HPKE(
            HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
    XWingPrivateKeyParameters key =
        new XWingPrivateKeyParameters(hex(one, "recipient_private_key"));
    XWingPublicKeyParameters publicKey = key.getPublicKeyParameters();
    assertThat(publicKey.getEncoded()).isEqualTo(hex(one, "recipient_public_key"));
    assertThat(new XWingKEMExtractor(key).extractSecret(hex(one, "enc")))
        .isEqualTo(hex(one, "shared_secret"));
    assertThat(
            suite
                .setupBaseS(publicKey, hex(one, "info"), hex(one, "encapsulation_seed"))
                .getEncapsulation())
        .isEqualTo(hex(one, "enc"));
    assertOpens(suite, new AsymmetricCipherKeyPair(publicKey, key), one);
  }

  private static void assertOpens(HPKE suite, AsymmetricCipherKeyPair recipient, JsonNode one)
      throws Exception {
    HPKEContext context = suite.setupBaseR(hex(one, "enc"), recipient, hex(one, "info"));
    for (JsonNode message : one.required("messages")) {
      assertThat(context.open(hex(message, "aad"), hex(message, "ct")))
          .isEqualTo(hex(message, "pt"));
    }
  }
}
