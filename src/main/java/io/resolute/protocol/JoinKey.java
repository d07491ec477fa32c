package io.resolute.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A secret that lets its holder into a room: once, or until the room's keys are reset. 32
 * characters from {@code A–Z a–z 0–9}.
 *
 * <p>Its characters can be wiped, as the server does as soon as it has seen them; what is left is
 * their digest, which no key can be found from and which lets nobody in.
 */
public final class JoinKey {
  private final byte[] characters;
  private final byte[] sha256;
  private volatile boolean wiped;

  /**
   * Makes the key that {@code value} spells.
   *
   * @throws IllegalArgumentException if it has another form; the message does not quote it
   */
  public JoinKey(String value) {
    this(Token.requireForm(value, "a join key").getBytes(StandardCharsets.US_ASCII));
  }

  /** Makes the key of these characters, which must have the form, and are the key's from now on. */
  JoinKey(byte[] characters) {
    this.characters = characters;
    this.sha256 = digest(characters);
  }

  private static byte[] digest(byte[] characters) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(characters);
      // The JDK's leaves what it has taken in its buffer, until it takes something else.
      sha256.update(new byte[characters.length]);
      sha256.digest();
      return digest;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Returns the key that {@code text} spells, or nothing if it has another form. */
  public static Optional<JoinKey> parse(CharSequence text) {
    if (!Token.hasForm(text)) {
      return Optional.empty();
    }
    byte[] characters = new byte[Token.LENGTH];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (byte) text.charAt(i);
    }
    return Optional.of(new JoinKey(characters));
  }

  /**
   * Returns the characters, in a text that stays in memory.
   *
   * @throws IllegalStateException if they are wiped
   */
  public String value() {
    requireCharacters();
    return new String(characters, StandardCharsets.US_ASCII);
  }

  /**
   * Writes the characters as a string.
   *
   * @throws IllegalStateException if they are wiped
   */
  void write(JsonGenerator json) throws IOException {
    requireCharacters();
    json.writeUTF8String(characters, 0, characters.length);
  }

  private void requireCharacters() {
    if (wiped) {
      throw new IllegalStateException("the key is wiped");
    }
  }

  /** Returns the SHA-256 of the characters. */
  public byte[] sha256() {
    return sha256.clone();
  }

  /** Overwrites the characters, and returns this. */
  public JoinKey wipe() {
    wiped = true;
    Arrays.fill(characters, (byte) 0);
    return this;
  }

  /** Returns whether the characters are overwritten, or just being. */
  public boolean isWiped() {
    return wiped;
  }

  /** Returns whether {@code other} is the same key, wiped or not, always in the same time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof JoinKey key && MessageDigest.isEqual(sha256, key.sha256);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sha256);
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
