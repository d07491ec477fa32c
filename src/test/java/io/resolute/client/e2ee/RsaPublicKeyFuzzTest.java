package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.resolute.client.e2ee.Cast.Depth;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.params.provider.MethodSource;

/** RSA keys of a hostile server: as PEM, and as the DER in it. */
class RsaPublicKeyFuzzTest {
  private static final String PEM = RsaScheme.generate(new CountedRandom("rsa")).publicKey();

  static Stream<byte[]> keys() {
    byte[] der = Base64.getMimeDecoder().decode(PEM.replaceAll("-----.*-----", ""));
    BigInteger modulus = RsaPublicKey.fromPem(PEM).orElseThrow().getModulus();
    CountedRandom random = new CountedRandom("primes");
    BigInteger shortModulus =
        BigInteger.probablePrime(512, random).multiply(BigInteger.probablePrime(512, random));
    BigInteger two = BigInteger.TWO;
    return Stream.of(
        Depth.WIRE.in(PEM.getBytes(StandardCharsets.US_ASCII)),
        Depth.WIRE.in(PEM.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)),
        Depth.WIRE.in(PEM.replace("RSA PUBLIC", "PUBLIC").getBytes(StandardCharsets.US_ASCII)),
        Depth.WIRE.in(),
        Depth.SIGNED.in(der),
        Depth.SIGNED.in(der, new byte[1]),
        Depth.SIGNED.in(Arrays.copyOf(der, der.length - 1)),
        Depth.SIGNED.in(der(modulus, BigInteger.ONE)),
        Depth.SIGNED.in(der(modulus, two.pow(16))),
        Depth.SIGNED.in(der(modulus, two.pow(30).add(BigInteger.ONE))),
        Depth.SIGNED.in(der(modulus, two.pow(31).add(BigInteger.ONE))),
        Depth.SIGNED.in(der(shortModulus, two.pow(16).add(BigInteger.ONE))),
        Depth.SIGNED.in(der(modulus.negate(), BigInteger.valueOf(3))),
        Depth.SIGNED.in(nested((byte) 0x30, 4000)),
        Depth.SIGNED.in(nested((byte) 0x24, 4000)));
  }

  private static byte[] der(BigInteger modulus, BigInteger exponent) {
    try {
      return new DERSequence(
              new ASN1Integer[] {new ASN1Integer(modulus), new ASN1Integer(exponent)})
          .getEncoded();
    } catch (IOException impossible) {
      throw new IllegalStateException("two integers have a DER encoding", impossible);
    }
  }

  /** Constructed values of indefinite length (X.690 §8.1.3.6), one in the other. */
  private static byte[] nested(byte tag, int depth) {
    ByteBuffer all = ByteBuffer.allocate(2 * depth);
    while (all.hasRemaining()) {
      all.put(tag).put((byte) 0x80);
    }
    return all.array();
  }

  @MethodSource("keys")
  @FuzzTest
  void whatIsReadIsAKeyOfThisScheme(byte[] input) {
    ByteBuffer buffer = ByteBuffer.wrap(input);
    Depth depth = Depth.of(buffer);
    byte[] rest = Cast.rest(buffer);
    String text = depth == Depth.WIRE ? new String(rest, StandardCharsets.UTF_8) : pem(rest);
    RsaPublicKey.fromPem(text)
        .ifPresent(
            key -> {
              assertThat(key.isPrivate()).isFalse();
              assertThat(key.getModulus().bitLength()).isEqualTo(RsaScheme.KEY_BITS);
              assertThat(key.getExponent().bitLength()).isBetween(2, 31);
              assertThat(key.getExponent().testBit(0)).as("odd").isTrue();
              assertThat(RsaPublicKey.fromPem(RsaPublicKey.toPem(key)).orElseThrow().getModulus())
                  .isEqualTo(key.getModulus());
            });
  }

  private static String pem(byte[] der) {
    return "-----BEGIN RSA PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END RSA PUBLIC KEY-----\n";
  }
}
