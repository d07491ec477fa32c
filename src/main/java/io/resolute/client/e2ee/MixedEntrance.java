package io.resolute.client.e2ee;

import io.resolute.protocol.RoomId;

/** The entrance to a sealed room that peers with RSA alone may be in: they see its first block. */
final class MixedEntrance implements Entrance {
  private final SealedEntrance sealed;
  private final RsaScheme weak;

  MixedEntrance(SealedEntrance sealed, RsaScheme weak) {
    this.sealed = sealed;
    this.weak = weak;
  }

  @Override
  public String publicKey() {
    return weak.publicKey() + sealed.publicKey();
  }

  @Override
  public String sealUsername(String name) {
    return sealed.sealUsername(name);
  }

  @Override
  public String sealRoomName(String name) {
    return sealed.sealRoomName(name);
  }

  @Override
  public RoomCipher enter(RoomId room) {
    return new MixedRoom(sealed.enter(room), weak.openRoom());
  }

  @Override
  public void wipe() {
    sealed.wipe();
  }
}
