package io.resolute.client.e2ee;

import io.resolute.protocol.RoomId;
import io.resolute.protocol.UserId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.jspecify.annotations.Nullable;

/**
 * RSA with 2048 bits: a message is encrypted to each recipient on its own, with RSAES-PKCS1-v1_5
 * (RFC 8017 §7.2), as base64 (RFC 4648 §4). The public key is one PEM block {@code RSA PUBLIC KEY}.
 *
 * <p>The relay cannot read a message, unless it puts keys of its own in the place of the members':
 * nothing proves whose a key is. Nothing proves who wrote a message either. Whoever records a
 * conversation and gets hold of a private key while the connection lives can read it.
 */
public final class RsaScheme implements Scheme {
  /** The length of every key, in bits. */
  static final int KEY_BITS = 2048;

  private static final int BLOCK_BYTES = KEY_BITS / Byte.SIZE;
  private static final int PADDING_BYTES = 11;
  private static final int MAX_TEXT_BYTES = BLOCK_BYTES - PADDING_BYTES;
  private static final BigInteger PUBLIC_EXPONENT = BigInteger.valueOf(65537);
  // A composite slips through with a probability of 2^-112: the strength of the key itself.
  private static final int PRIME_CERTAINTY = 112;

  private final SecureRandom random;
  private final RSAPrivateCrtKeyParameters privateKey;
  private final String publicKey;

  private RsaScheme(SecureRandom random, AsymmetricCipherKeyPair pair) {
    this.random = random;
    this.privateKey = (RSAPrivateCrtKeyParameters) pair.getPrivate();
    this.publicKey = RsaPublicKey.toPem((RSAKeyParameters) pair.getPublic());
  }

  /** Makes a new key pair; takes some tenths of a second. */
  public static RsaScheme generate(SecureRandom random) {
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(
        new RSAKeyGenerationParameters(PUBLIC_EXPONENT, random, KEY_BITS, PRIME_CERTAINTY));
    return new RsaScheme(random, generator.generateKeyPair());
  }

  /** Returns what a connection publishes: one PEM block. */
  public String publicKey() {
    return publicKey;
  }

  /** Returns a room with nobody else in it. */
  public RoomCipher openRoom() {
    return new Room();
  }

  @Override
  public Entrance createRoom() {
    return new Door();
  }

  @Override
  public Optional<Entrance> joinRoom(@Nullable RoomSecret secret) {
    return Optional.of(new Door());
  }

  @Override
  public void destroy() {
    privateKey.destroy();
  }

  /** There is nothing in it that belongs to one room: names are as they are. */
  private final class Door implements Entrance {
    @Override
    public String publicKey() {
      return publicKey;
    }

    @Override
    public String sealUsername(String name) {
      return name;
    }

    @Override
    public String sealRoomName(String name) {
      return name;
    }

    @Override
    public RoomCipher enter(RoomId room) {
      return new Room();
    }

    @Override
    public void wipe() {}
  }

  private final class Room implements RoomCipher {
    private final Map<UserId, RSAKeyParameters> peers = new LinkedHashMap<>();

    @Override
    public Optional<String> usernameOf(UserId peer, String username) {
      return shown(username);
    }

    @Override
    public Optional<String> roomName(String name) {
      return shown(name);
    }

    @Override
    public Optional<RoomSecret> secret() {
      return Optional.empty();
    }

    @Override
    public Optional<SafetyNumber> safetyNumber() {
      return Optional.empty();
    }

    @Override
    public void renew() {}

    @Override
    public void wipe() {
      peers.clear();
    }

    @Override
    public int maxTextBytes() {
      return MAX_TEXT_BYTES;
    }

    @Override
    public PeerStatus admit(UserId peer, String pem) {
      Optional<RSAKeyParameters> key = RsaPublicKey.fromPem(pem);
      key.ifPresentOrElse(usable -> peers.put(peer, usable), () -> peers.remove(peer));
      return key.isPresent() ? PeerStatus.REACHABLE : PeerStatus.UNSUPPORTED_KEY;
    }

    @Override
    public boolean knows(UserId peer, String pem) {
      RSAKeyParameters known = peers.get(peer);
      return known != null
          && RsaPublicKey.fromPem(pem).filter(key -> isSame(key, known)).isPresent();
    }

    @Override
    public void remove(UserId peer) {
      peers.remove(peer);
    }

    @Override
    public List<Sealed> sealForAll(String text) {
      byte[] plain = encode(text);
      List<Sealed> sealed = new ArrayList<>(peers.size());
      peers.forEach((peer, key) -> sealed.add(Sealed.text(peer, encrypt(plain, key))));
      return sealed;
    }

    @Override
    public List<Sealed> sealFor(UserId peer, String text) {
      byte[] plain = encode(text);
      RSAKeyParameters key = peers.get(peer);
      return key == null ? List.of() : List.of(Sealed.text(peer, encrypt(plain, key)));
    }

    @Override
    public void open(UserId sender, String content, Reader reader) {
      decrypt(content)
          .ifPresentOrElse(
              text -> reader.text(text, false), () -> reader.unreadable(Rejection.BAD_SEALING));
    }
  }

  /** A server must not be able to fill the memory with names; sealed ones are no longer either. */
  private static Optional<String> shown(String name) {
    return Optional.of(name).filter(any -> any.length() <= Entrance.maxNameBytes());
  }

  private static boolean isSame(RSAKeyParameters one, RSAKeyParameters other) {
    return one.getModulus().equals(other.getModulus())
        && one.getExponent().equals(other.getExponent());
  }

  private static byte[] encode(String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    if (plain.length > MAX_TEXT_BYTES) {
      throw new IllegalArgumentException("a text has at most " + MAX_TEXT_BYTES + " bytes");
    }
    return plain;
  }

  private String encrypt(byte[] plain, RSAKeyParameters key) {
    try {
      return Base64.getEncoder().encodeToString(process(true, key, plain));
    } catch (InvalidCipherTextException impossible) {
      throw new IllegalStateException("encryption does not check a padding", impossible);
    }
  }

  // One empty answer for every way to fail: which way it was would be an oracle (RFC 8017 §7.2.2).
  private Optional<String> decrypt(String content) {
    try {
      byte[] sealed = Base64.getDecoder().decode(content);
      if (sealed.length != BLOCK_BYTES) {
        return Optional.empty();
      }
      byte[] plain = process(false, privateKey, sealed);
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain)).toString());
    } catch (InvalidCipherTextException | CharacterCodingException | RuntimeException uniform) {
      return Optional.empty();
    }
  }

  private byte[] process(boolean encrypt, CipherParameters key, byte[] input)
      throws InvalidCipherTextException {
    // The blinded engine, so that the time of a decryption says nothing about the key.
    AsymmetricBlockCipher cipher = new PKCS1Encoding(new RSABlindedEngine());
    cipher.init(encrypt, new ParametersWithRandom(key, random));
    return cipher.processBlock(input, 0, input.length);
  }
}
