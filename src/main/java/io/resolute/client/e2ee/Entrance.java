package io.resolute.client.e2ee;

import io.resolute.protocol.RoomId;
import java.security.SecureRandom;

/**
 * What a client needs to enter one room: a new identity, and what the room secret yields. It has
 * the names and the key that the client enters with, and becomes a {@link SealedRoom} then.
 */
public final class Entrance {
  private final Identity identity;
  private final RoomSecret secret;
  private final Admission admission;
  private final SealedName names;
  private final SecureRandom random;

  Entrance(Identity identity, RoomSecret secret, SecureRandom random) {
    this.identity = identity;
    this.secret = secret;
    this.random = random;
    admission = new Admission(secret);
    names = new SealedName(secret);
  }

  /**
   * Makes an identity.
   *
   * @param secret owned by this object from here on
   */
  public static Entrance prepare(RoomSecret secret, SecureRandom random) {
    return new Entrance(Identity.generate(random), secret, random);
  }

  /** Returns what this client publishes: two PEM blocks. */
  public String publicKey() {
    byte[] bundle = identity.bundle().encoded();
    return PublishedKey.toPem(bundle, admission.tag(bundle));
  }

  /** Returns the length of the longest name that can be sealed, in bytes of UTF-8. */
  public static int maxNameBytes() {
    return Padding.NAME.maxTextBytes();
  }

  /**
   * Seals what this client is called.
   *
   * @throws IllegalArgumentException if the name is too long, or holds half a surrogate pair
   */
  public String sealUsername(String name) {
    return names.sealUsername(name, identity.bundle().hash(), random);
  }

  /**
   * Seals what the room is called, for its creator.
   *
   * @throws IllegalArgumentException if the name is too long, or holds half a surrogate pair
   */
  public String sealRoomName(String name) {
    return names.sealRoomName(name, random);
  }

  /** Returns the room with nobody else in it. Both erase the same keys. */
  public SealedRoom enter(RoomId room) {
    return new SealedRoom(this, new Speaker(room, identity, random));
  }

  /** Returns the secret for an invite: another object, which can be wiped on its own. */
  RoomSecret copySecret() {
    return secret.copy();
  }

  Admission admission() {
    return admission;
  }

  SealedName names() {
    return names;
  }

  /** Erases every key. Nothing else may be called from here on. */
  public void wipe() {
    identity.wipe();
    secret.wipe();
    admission.wipe();
    names.wipe();
  }

  @Override
  public String toString() {
    return "Entrance[REDACTED]";
  }
}
