package io.resolute.client.e2ee;

import io.resolute.protocol.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A sealed room, and in it those who know RSA alone: each is talked to as it can. */
final class MixedRoom implements RoomCipher {
  private final SealedRoom sealed;
  private final RoomCipher weak;
  private final Set<UserId> strongPeers = new LinkedHashSet<>();
  private final Set<UserId> weakPeers = new HashSet<>();

  MixedRoom(SealedRoom sealed, RoomCipher weak) {
    this.sealed = sealed;
    this.weak = weak;
  }

  @Override
  public int maxTextBytes() {
    return weakPeers.isEmpty() ? sealed.maxTextBytes() : weak.maxTextBytes();
  }

  @Override
  public PeerStatus admit(UserId peer, String publicKey) {
    weak.remove(peer);
    weakPeers.remove(peer);
    PeerStatus status = sealed.admit(peer, publicKey);
    if (status == PeerStatus.VERIFIED) {
      strongPeers.add(peer);
    } else {
      strongPeers.remove(peer);
    }
    // Only a key that claims nothing better: a damaged or forged one is not worth a second try.
    if (status != PeerStatus.UNSUPPORTED_KEY) {
      return status;
    }
    PeerStatus weakly = weak.admit(peer, publicKey);
    if (weakly == PeerStatus.REACHABLE) {
      weakPeers.add(peer);
    }
    return weakly;
  }

  @Override
  public boolean knows(UserId peer, String publicKey) {
    return weakPeers.contains(peer) ? weak.knows(peer, publicKey) : sealed.knows(peer, publicKey);
  }

  @Override
  public void remove(UserId peer) {
    sealed.remove(peer);
    strongPeers.remove(peer);
    weak.remove(peer);
    weakPeers.remove(peer);
  }

  @Override
  public Optional<String> usernameOf(UserId peer, String username) {
    return weakPeers.contains(peer)
        ? weak.usernameOf(peer, username)
        : sealed.usernameOf(peer, username);
  }

  @Override
  public Optional<String> roomName(String name) {
    return sealed.roomName(name);
  }

  @Override
  public Optional<RoomSecret> secret() {
    return sealed.secret();
  }

  @Override
  public Optional<SafetyNumber> safetyNumber() {
    return sealed.safetyNumber();
  }

  @Override
  public List<Sealed> sealForAll(String text) {
    if (weakPeers.isEmpty()) {
      return sealed.sealForAll(text);
    }
    List<Sealed> all = new ArrayList<>(weak.sealForAll(text));
    for (Sealed part : sealed.sealForAll(text)) {
      if (part.to() == null) {
        // Not to all at once: a weak peer takes everything that it gets for RSA.
        strongPeers.forEach(peer -> all.add(Sealed.text(peer, part.content())));
      } else {
        all.add(part);
      }
    }
    return all;
  }

  @Override
  public List<Sealed> sealFor(UserId peer, String text) {
    return weakPeers.contains(peer) ? weak.sealFor(peer, text) : sealed.sealFor(peer, text);
  }

  @Override
  public void renew() {
    sealed.renew();
  }

  @Override
  public void open(UserId sender, String content, Reader reader) {
    RoomCipher which = weakPeers.contains(sender) ? weak : sealed;
    which.open(sender, content, reader);
  }

  @Override
  public void wipe() {
    sealed.wipe();
    weak.wipe();
    strongPeers.clear();
    weakPeers.clear();
  }
}
