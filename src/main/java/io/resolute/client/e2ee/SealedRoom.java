package io.resolute.client.e2ee;

import io.resolute.protocol.UserId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One member's side of a sealed room: who the others are, what to send so that they and nobody else
 * can read it, and what came in. Its owner tells it who comes and goes, in the order of the wire,
 * and sends what it returns, in the order in which it is returned.
 *
 * <p>Nothing that comes from a peer or from the server makes it throw. Not safe for use by several
 * threads.
 */
final class SealedRoom implements RoomCipher {
  /** How many members, present and past, are kept in mind. */
  static final int MAX_IDENTITIES = 10_000;

  private final SealedEntrance entrance;
  private final Speaker self;
  private final Map<UserId, SealedPeer> peers = new LinkedHashMap<>();
  private final Set<BundleHash> seen = new HashSet<>();
  private final Outbox toAll;
  private final Map<UserId, Outbox> toOne = new HashMap<>();
  private boolean wiped;

  SealedRoom(SealedEntrance entrance, Speaker self) {
    this.entrance = entrance;
    this.self = self;
    toAll = new Outbox(self, Audience.ROOM);
  }

  /**
   * Takes in a member, in the place of whoever had its id before. It is sent what it needs together
   * with the next message, and cannot read earlier ones. Telling of a member again changes nothing.
   *
   * @param publicKey what the member publishes; any text
   * @return what to make of it; only {@link PeerStatus#VERIFIED} is sent anything and read
   */
  @Override
  public PeerStatus admit(UserId peer, String publicKey) {
    Optional<PublishedKey> published = PublishedKey.parse(publicKey);
    if (isKnown(peer, published)) {
      return PeerStatus.VERIFIED;
    }
    remove(peer);
    if (published.isEmpty()) {
      return PublishedKey.isClaimedBy(publicKey)
          ? PeerStatus.DAMAGED_KEY
          : PeerStatus.UNSUPPORTED_KEY;
    }
    return admit(peer, published.get());
  }

  @Override
  public boolean knows(UserId peer, String publicKey) {
    return isKnown(peer, PublishedKey.parse(publicKey));
  }

  private boolean isKnown(UserId peer, Optional<PublishedKey> published) {
    SealedPeer known = peers.get(peer);
    return known != null
        && published
            .filter(key -> Arrays.equals(key.bundle(), known.bundle().encoded()))
            .isPresent();
  }

  private PeerStatus admit(UserId peer, PublishedKey published) {
    if (wiped || !entrance.admission().verifies(published.bundle(), published.admission())) {
      return PeerStatus.NOT_ADMITTED;
    }
    Optional<Bundle> bundle = Bundle.parse(published.bundle());
    if (bundle.isEmpty()) {
      return PeerStatus.DAMAGED_KEY;
    }
    PeerStatus status = judge(bundle.get().hash());
    if (status == PeerStatus.VERIFIED) {
      seen.add(bundle.get().hash());
      peers.put(peer, new SealedPeer(bundle.get()));
    }
    return status;
  }

  private PeerStatus judge(BundleHash hash) {
    if (hash.equals(self.identity().bundle().hash())) {
      return PeerStatus.OWN_KEY;
    }
    // Also after its holder has left: otherwise what it said then could be replayed as new.
    if (seen.contains(hash)) {
      return PeerStatus.REPEATED_KEY;
    }
    return seen.size() < MAX_IDENTITIES ? PeerStatus.VERIFIED : PeerStatus.TOO_MANY_KEYS;
  }

  /** Forgets a member that is gone. If it could read, the next message begins a new chain. */
  @Override
  public void remove(UserId peer) {
    SealedPeer gone = peers.remove(peer);
    if (gone != null) {
      gone.wipe();
      toAll.renew();
      Outbox outbox = toOne.remove(peer);
      if (outbox != null) {
        outbox.renew();
      }
    }
  }

  @Override
  public Optional<String> usernameOf(UserId peer, String sealed) {
    SealedPeer known = peers.get(peer);
    return known == null
        ? Optional.empty()
        : entrance.names().openUsername(sealed, known.bundle().hash());
  }

  @Override
  public Optional<String> roomName(String sealed) {
    return wiped ? Optional.empty() : entrance.names().openRoomName(sealed);
  }

  @Override
  public Optional<RoomSecret> secret() {
    return Optional.of(entrance.copySecret());
  }

  @Override
  public int maxTextBytes() {
    return Padding.MESSAGE.maxTextBytes();
  }

  @Override
  public List<Sealed> sealForAll(String text) {
    Map<UserId, Bundle> all = new LinkedHashMap<>();
    peers.forEach((id, peer) -> all.put(id, peer.bundle()));
    byte[] padded = Padding.MESSAGE.pad(text);
    try {
      return all.isEmpty() ? List.of() : toAll.seal(all, null, padded);
    } finally {
      Bytes.wipe(padded);
    }
  }

  @Override
  public List<Sealed> sealFor(UserId peer, String text) {
    SealedPeer known = peers.get(peer);
    byte[] padded = Padding.MESSAGE.pad(text);
    try {
      return known == null
          ? List.of()
          : toOne
              .computeIfAbsent(peer, id -> new Outbox(self, Audience.ONE_MEMBER))
              .seal(Map.of(peer, known.bundle()), peer, padded);
    } finally {
      Bytes.wipe(padded);
    }
  }

  /** Begins new chains with the next messages, which everybody is handed. */
  @Override
  public void renew() {
    toAll.renew();
    toOne.values().forEach(Outbox::renew);
  }

  @Override
  public void open(UserId sender, String content, Reader reader) {
    open(sender, content).tell(reader);
  }

  /** Opens what a member has sent, and returns what it was. */
  Opened open(UserId sender, String content) {
    try {
      return openOrReject(sender, content);
    } catch (RejectedException rejected) {
      return new Opened.Rejected(rejected.rejection());
    }
  }

  private Opened openOrReject(UserId sender, String content) throws RejectedException {
    if (wiped) {
      throw new RejectedException(Rejection.WIPED);
    }
    SealedPeer peer = peers.get(sender);
    if (peer == null) {
      throw new RejectedException(Rejection.NOT_VERIFIED);
    }
    Envelope envelope = Envelope.parse(content);
    return switch (envelope.kind()) {
      case HANDOUT -> takeKey(peer, envelope);
      case MESSAGE -> openMessage(peer, envelope);
    };
  }

  private Opened takeKey(SealedPeer peer, Envelope envelope) throws RejectedException {
    peer.take(envelope.audience(), Handout.open(self, peer.bundle(), envelope));
    return new Opened.Key();
  }

  private Opened openMessage(SealedPeer peer, Envelope envelope) throws RejectedException {
    SealedMessage message = SealedMessage.read(self, peer.bundle(), envelope);
    ReceiverChain chain = peer.chain(envelope.audience(), message.chain());
    int missing = chain.missingBefore(message.index());
    String text = message.open(chain.take(message.index()));
    return new Opened.Text(text, envelope.audience(), missing);
  }

  @Override
  public Optional<SafetyNumber> safetyNumber() {
    TreeSet<BundleHash> members = new TreeSet<>();
    members.add(self.identity().bundle().hash());
    peers.values().forEach(peer -> members.add(peer.bundle().hash()));
    return Optional.of(SafetyNumber.of(self.room(), members));
  }

  @Override
  public void wipe() {
    wiped = true;
    renew();
    toOne.clear();
    peers.values().forEach(SealedPeer::wipe);
    peers.clear();
    entrance.wipe();
  }

  @Override
  public String toString() {
    return "SealedRoom[REDACTED]";
  }
}
