package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.resolute.protocol.UserId;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaSchemeTest {
  private static final UserId ALICE = new UserId("A".repeat(32));
  private static final UserId BOB = new UserId("B".repeat(32));
  private static final UserId CAROL = new UserId("C".repeat(32));
  private static final String UNREADABLE = "(unreadable)";

  private static RsaScheme alice;
  private static RsaScheme bob;
  private static KeyPair jdk;

  @BeforeAll
  static void makeKeys() throws GeneralSecurityException {
    alice = RsaScheme.generate(new SecureRandom());
    bob = RsaScheme.generate(new SecureRandom());
    jdk = jdkPair(2048);
  }

  @Test
  void publicKeyIsOnePemBlockThatTheJdkUnderstands() throws Exception {
    String pem = alice.publicKey();
    assertThat(pem)
        .startsWith("-----BEGIN RSA PUBLIC KEY-----\n")
        .endsWith("\n-----END RSA PUBLIC KEY-----\n")
        .containsOnlyOnce("BEGIN");
    assertThat(pem.lines()).allMatch(line -> line.length() <= 64);
    assertThat(jdkKey(pem).getModulus().bitLength()).isEqualTo(2048);
  }

  @Test
  void everySchemeHasAKeyOfItsOwn() {
    assertThat(alice.publicKey()).isNotEqualTo(bob.publicKey());
  }

  @Test
  void whatIsSealedForAPeerOnlyThatPeerOpens() {
    RoomCipher room = alice.openRoom();
    room.admit(BOB, bob.publicKey());
    List<Sealed> sealed = room.sealForAll("gr\u00FC\u00DFe \uD83D\uDC4B");
    assertThat(sealed).hasSize(1);
    assertThat(sealed.get(0).to()).isEqualTo(BOB);
    assertThat(open(bob, sealed.get(0).content())).containsExactly("gr\u00FC\u00DFe \uD83D\uDC4B");
    assertThat(open(alice, sealed.get(0).content())).containsExactly(UNREADABLE);
  }

  @Test
  void theJdkOpensWhatIsSealedHere() throws Exception {
    RoomCipher room = alice.openRoom();
    room.admit(CAROL, pkcs1("RSA PUBLIC KEY", jdk.getPublic()));
    String content = room.sealFor(CAROL, "to Go").get(0).content();
    assertThat(jdkDecrypt(content, jdk.getPrivate())).isEqualTo("to Go");
  }

  @Test
  void whatTheJdkSealsIsOpenedHere() throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, jdkKey(alice.publicKey()));
    byte[] sealed = cipher.doFinal("from Go".getBytes(StandardCharsets.UTF_8));
    assertThat(open(alice, Base64.getEncoder().encodeToString(sealed))).containsExactly("from Go");
  }

  @Test
  void sealingForAllIsOneContentForEachPeer() {
    RoomCipher room = alice.openRoom();
    room.admit(BOB, bob.publicKey());
    room.admit(CAROL, pkcs1("RSA PUBLIC KEY", jdk.getPublic()));
    assertThat(room.sealForAll("x")).extracting(Sealed::to).containsExactly(BOB, CAROL);
  }

  @Test
  void aNameThatIsLongerThanAnySealedOneIsNotKept() {
    RoomCipher room = alice.openRoom();
    assertThat(room.usernameOf(BOB, "x".repeat(511))).isPresent();
    assertThat(room.usernameOf(BOB, "x".repeat(512))).isEmpty();
    assertThat(room.roomName("x".repeat(512))).isEmpty();
  }

  @Test
  void theSameTextIsNeverSealedTheSameWayTwice() {
    RoomCipher room = alice.openRoom();
    room.admit(BOB, bob.publicKey());
    assertThat(room.sealForAll("x")).isNotEqualTo(room.sealForAll("x"));
  }

  @Test
  void nothingIsSealedForAPeerThatLeft() {
    RoomCipher room = alice.openRoom();
    room.admit(BOB, bob.publicKey());
    room.remove(BOB);
    assertThat(room.sealForAll("x")).isEmpty();
    assertThat(room.sealFor(BOB, "x")).isEmpty();
  }

  @Test
  void peersOfOneRoomAreNotThoseOfAnother() {
    alice.openRoom().admit(BOB, bob.publicKey());
    assertThat(alice.openRoom().sealForAll("x")).isEmpty();
  }

  @Test
  void aTextOf245BytesFitsAndOneOf246DoesNot() {
    RoomCipher room = alice.openRoom();
    room.admit(BOB, bob.publicKey());
    String longest = "\u00E4".repeat(122) + "x";
    assertThat(room.maxTextBytes()).isEqualTo(245);
    assertThat(open(bob, room.sealForAll(longest).get(0).content())).containsExactly(longest);
    assertThatThrownBy(() -> room.sealForAll(longest + "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> room.sealFor(BOB, longest + "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEmptyTextIsAText() {
    RoomCipher room = alice.openRoom();
    room.admit(BOB, bob.publicKey());
    assertThat(open(bob, room.sealForAll("").get(0).content())).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "====", "AAAA", "\u0000", "-----BEGIN RSA PUBLIC KEY-----"})
  void rubbishIsUnreadable(String content) {
    assertThat(open(alice, content)).containsExactly(UNREADABLE);
  }

  @Test
  void allWaysToFailAreTheSame() throws Exception {
    Cipher raw = Cipher.getInstance("RSA/ECB/NoPadding");
    raw.init(Cipher.ENCRYPT_MODE, jdkKey(alice.publicKey()));
    byte[] badPadding = raw.doFinal(new byte[] {5});
    Cipher padded = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    padded.init(Cipher.ENCRYPT_MODE, jdkKey(alice.publicKey()));
    byte[] notUtf8 = padded.doFinal(new byte[] {(byte) 0xC3});
    byte[] tooBig = new byte[256];
    java.util.Arrays.fill(tooBig, (byte) 0xFF);
    for (byte[] content : List.of(badPadding, notUtf8, tooBig, new byte[255], new byte[257])) {
      assertThat(open(alice, Base64.getEncoder().encodeToString(content)))
          .containsExactly(UNREADABLE);
    }
  }

  @Test
  void aSchemeThatIsDestroyedOpensNothing() {
    RsaScheme gone = RsaScheme.generate(new SecureRandom());
    RoomCipher room = alice.openRoom();
    room.admit(BOB, gone.publicKey());
    String content = room.sealForAll("x").get(0).content();
    assertThat(open(gone, content)).containsExactly("x");
    gone.destroy();
    assertThat(open(gone, content)).containsExactly(UNREADABLE);
  }

  @Test
  void aKeyOfAnotherLengthIsUnsupported() throws Exception {
    assertUnsupported(pkcs1("RSA PUBLIC KEY", jdkPair(1024).getPublic()));
    assertUnsupported(pkcs1("RSA PUBLIC KEY", jdkPair(3072).getPublic()));
  }

  @Test
  void aBlockOfAnotherKindIsUnsupported() {
    assertUnsupported(pkcs1("RESOLUTE PUBLIC KEY", jdk.getPublic()));
    assertUnsupported(pem("RSA PUBLIC KEY", jdk.getPublic().getEncoded()));
    assertUnsupported(pem("RSA PUBLIC KEY", new byte[] {1, 2, 3}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rubbish",
        "-----BEGIN RSA PUBLIC KEY-----\n",
        "-----BEGIN RSA PUBLIC KEY-----\n%%%%\n-----END RSA PUBLIC KEY-----\n"
      })
  void whatIsNotAKeyIsUnsupported(String text) {
    assertUnsupported(text);
  }

  @Test
  void theFirstOfSeveralBlocksCountsAsWithGoPeers() {
    String other = pem("RESOLUTE PUBLIC KEY", new byte[] {1, 2, 3});
    String rsa = bob.publicKey();
    assertThat(alice.openRoom().admit(BOB, rsa + other)).isEqualTo(PeerStatus.REACHABLE);
    assertThat(alice.openRoom().admit(BOB, other + rsa)).isEqualTo(PeerStatus.UNSUPPORTED_KEY);
  }

  @Test
  void aPeerWhoseNewKeyIsUnsupportedIsSentNothingMore() {
    RoomCipher room = alice.openRoom();
    room.admit(BOB, bob.publicKey());
    room.admit(BOB, "rubbish");
    assertThat(room.sealForAll("x")).isEmpty();
  }

  private static void assertUnsupported(String publicKey) {
    RoomCipher room = alice.openRoom();
    assertThat(room.admit(BOB, publicKey)).isEqualTo(PeerStatus.UNSUPPORTED_KEY);
    assertThat(room.sealForAll("x")).isEmpty();
  }

  private static List<String> open(RsaScheme scheme, String content) {
    List<String> read = new ArrayList<>();
    scheme
        .openRoom()
        .open(
            ALICE,
            content,
            new RoomCipher.Reader() {
              @Override
              public void text(String text, boolean isPrivate) {
                read.add(text);
              }

              @Override
              public void missing(int messages) {}

              @Override
              public void unreadable(Rejection why) {
                read.add(UNREADABLE);
              }
            });
    return read;
  }

  private static KeyPair jdkPair(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static RSAPublicKey jdkKey(String pem) throws GeneralSecurityException {
    String base64 =
        pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
    var key =
        org.bouncycastle.asn1.pkcs.RSAPublicKey.getInstance(Base64.getDecoder().decode(base64));
    return (RSAPublicKey)
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
  }

  private static String jdkDecrypt(String content, PrivateKey key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.DECRYPT_MODE, key);
    return new String(cipher.doFinal(Base64.getDecoder().decode(content)), StandardCharsets.UTF_8);
  }

  private static String pkcs1(String label, PublicKey key) {
    RSAPublicKey rsa = (RSAPublicKey) key;
    try {
      return pem(
          label,
          new org.bouncycastle.asn1.pkcs.RSAPublicKey(rsa.getModulus(), rsa.getPublicExponent())
              .getEncoded());
    } catch (java.io.IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String pem(String label, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(label, content));
    } catch (java.io.IOException impossible) {
      throw new AssertionError(impossible);
    }
    return text.toString();
  }
}
