package io.resolute.client.e2ee;

import io.resolute.protocol.RoomId;
import java.security.SecureRandom;

/**
 * What a client needs to enter one room: a new identity, and what the room secret yields. It has
 * the names and the key that the client enters with, and becomes a {@link SealedRoom} then.
 */
final class SealedEntrance implements Entrance {
  private final Identity identity;
  private final RoomSecret secret;
  private final Admission admission;
  private final SealedName names;
  private final SecureRandom random;

  SealedEntrance(Identity identity, RoomSecret secret, SecureRandom random) {
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
  static SealedEntrance prepare(RoomSecret secret, SecureRandom random) {
    return new SealedEntrance(Identity.generate(random), secret, random);
  }

  @Override
  public String publicKey() {
    byte[] bundle = identity.bundle().encoded();
    return PublishedKey.toPem(bundle, admission.tag(bundle));
  }

  @Override
  public String sealUsername(String name) {
    return names.sealUsername(name, identity.bundle().hash(), random);
  }

  @Override
  public String sealRoomName(String name) {
    return names.sealRoomName(name, random);
  }

  @Override
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

  @Override
  public void wipe() {
    identity.wipe();
    secret.wipe();
    admission.wipe();
    names.wipe();
  }

  @Override
  public String toString() {
    return "SealedEntrance[REDACTED]";
  }
}
