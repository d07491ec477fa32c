package io.resolute.client.e2ee;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.prng.FixedSecureRandom;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;

/**
 * The steps of the construction as docs/e2ee.md words them, written a second time on the JDK's own
 * primitives (X-Wing excepted, which it does not have), so that the vectors do not come from the
 * code that they check.
 */
final class Spec {
  private static final byte[] SUITE = concat(ascii("HPKE"), new byte[] {0x64, 0x7A, 0, 1, 0, 2});

  private Spec() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] int4(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  static byte[] int2(int value) {
    return ByteBuffer.allocate(2).putShort((short) value).array();
  }

  static byte[] digest(String algorithm, byte[] input) throws GeneralSecurityException {
    return MessageDigest.getInstance(algorithm).digest(input);
  }

  static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(data);
  }

  static byte[] extract(byte[] salt, byte[] secret) throws GeneralSecurityException {
    return hmac(salt.length == 0 ? new byte[32] : salt, secret);
  }

  static byte[] expand(byte[] key, byte[] info, int length) throws GeneralSecurityException {
    byte[] last = {};
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 1; all.size() < length; i++) {
      last = hmac(key, concat(last, info, new byte[] {(byte) i}));
      all.writeBytes(last);
    }
    return Arrays.copyOf(all.toByteArray(), length);
  }

  static byte[] hkdf(byte[] secret, String info, int length) throws GeneralSecurityException {
    return expand(extract(new byte[0], secret), ascii(info), length);
  }

  static byte[] aesGcm(byte[] key, byte[] nonce, byte[] aad, byte[] plain)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(aad);
    return cipher.doFinal(plain);
  }

  static byte[] ed25519(byte[] seed, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
    signature.update(message);
    return signature.sign();
  }

  static byte[] ed25519PublicKey(byte[] seed) throws GeneralSecurityException {
    // The JDK makes a public key only together with a private one that it draws itself.
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new FixedSecureRandom(seed));
    byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  static byte[] pad(String text, int smallest) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int size = Math.max(smallest, Integer.highestOneBit(utf8.length) * 2);
    byte[] padded = Arrays.copyOf(utf8, size);
    padded[utf8.length] = (byte) 0x80;
    return padded;
  }

  /** RFC 9180 §5.1 and §5.2, base mode, for one message: every value by its name. */
  static Map<String, byte[]> hpke(
      byte[] publicKey, byte[] eseed, String info, byte[] aad, byte[] plain)
      throws GeneralSecurityException {
    SecretWithEncapsulation sent =
        new XWingKEMGenerator(new FixedSecureRandom(eseed))
            .generateEncapsulated(new XWingPublicKeyParameters(publicKey));
    byte[] none = {};
    byte[] context =
        concat(
            new byte[] {0},
            labeledExtract(none, "psk_id_hash", none),
            labeledExtract(none, "info_hash", ascii(info)));
    byte[] secret = labeledExtract(sent.getSecret(), "secret", none);
    byte[] key = labeledExpand(secret, "key", context, 32);
    byte[] nonce = labeledExpand(secret, "base_nonce", context, 12);
    Map<String, byte[]> values = new LinkedHashMap<>();
    values.put("enc", sent.getEncapsulation());
    values.put("shared_secret", sent.getSecret());
    values.put("hpke_key", key);
    values.put("hpke_base_nonce", nonce);
    values.put("ciphertext", aesGcm(key, nonce, aad, plain));
    return values;
  }

  static byte[] value(Map<String, byte[]> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static byte[] labeledExtract(byte[] salt, String label, byte[] secret)
      throws GeneralSecurityException {
    return extract(salt, concat(ascii("HPKE-v1"), SUITE, ascii(label), secret));
  }

  private static byte[] labeledExpand(byte[] key, String label, byte[] info, int length)
      throws GeneralSecurityException {
    return expand(key, concat(int2(length), ascii("HPKE-v1"), SUITE, ascii(label), info), length);
  }
}
