package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.protocol.UserId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Old peers beside sealed ones: only when asked for, and never in the place of sealed ones. */
class MixedRoomTest {
  private static final UserId ALICE = new UserId("A".repeat(32));
  private static final UserId OLD = new UserId("O".repeat(32));
  private static final RsaScheme ALICES_RSA = RsaScheme.generate(new SecureRandom());
  private static final RsaScheme OLD_RSA = RsaScheme.generate(new SecureRandom());

  private final RoomSecret secret = RoomSecret.parse(Party.SECRET).orElseThrow();
  private final SecureRandom random = new CountedRandom("mixed");
  private final Entrance entrance =
      SealedScheme.withWeakPeers(random, ALICES_RSA).joinRoom(secret).orElseThrow();
  private final RoomCipher alice = entrance.enter(Party.ROOM);
  private final RoomCipher old = OLD_RSA.openRoom();
  private final Party bob = new Party("bob");

  @Test
  void strictlyAnOldPeerIsOfAnUnknownKind() {
    RoomCipher strict = SealedScheme.strict(random).createRoom().enter(Party.ROOM);
    assertThat(strict.admit(OLD, OLD_RSA.publicKey())).isEqualTo(PeerStatus.UNSUPPORTED_KEY);
    assertThat(strict.sealForAll("hello")).isEmpty();
  }

  @Test
  void strictlyThereIsNoRoomWithoutASecret() {
    assertThat(SealedScheme.strict(random).joinRoom(null)).isEmpty();
    assertThat(SealedScheme.withWeakPeers(random, ALICES_RSA).joinRoom(null)).isPresent();
  }

  @Test
  void eachIsSentWhatItCanRead() {
    assertThat(alice.admit(OLD, OLD_RSA.publicKey())).isEqualTo(PeerStatus.REACHABLE);
    assertThat(alice.admit(bob.id, bob.publicKey)).isEqualTo(PeerStatus.VERIFIED);
    bob.room.admit(ALICE, entrance.publicKey());
    List<String> oldRead = new ArrayList<>();
    List<String> bobRead = new ArrayList<>();
    for (Sealed part : alice.sealForAll("hello")) {
      assertThat(part.to()).isIn(OLD, bob.id);
      if (OLD.equals(part.to())) {
        old.open(ALICE, part.content(), into(oldRead));
      } else {
        bob.room.open(ALICE, part.content(), into(bobRead));
      }
    }
    assertThat(oldRead).containsExactly("hello");
    assertThat(bobRead).containsExactly("hello");
  }

  @Test
  void anOldPeerIsReadAndNamedAsTheServerSays() {
    alice.admit(OLD, OLD_RSA.publicKey());
    old.admit(ALICE, entrance.publicKey());
    List<String> read = new ArrayList<>();
    alice.open(OLD, old.sealFor(ALICE, "hello").get(0).content(), into(read));
    assertThat(read).containsExactly("hello");
    assertThat(alice.usernameOf(OLD, "gopher")).contains("gopher");
  }

  @Test
  void textsAreAsShortAsTheOldPeersNeedThem() {
    assertThat(alice.maxTextBytes()).isEqualTo(32_767);
    alice.admit(OLD, OLD_RSA.publicKey());
    assertThat(alice.maxTextBytes()).isEqualTo(245);
    alice.remove(OLD);
    assertThat(alice.maxTextBytes()).isEqualTo(32_767);
  }

  @Test
  void aSealedMemberWhoseBlocksAreForgedDoesNotBecomeAnOldPeer() {
    Entrance mallory =
        SealedScheme.withWeakPeers(random, OLD_RSA)
            .joinRoom(RoomSecret.generate(random))
            .orElseThrow();
    assertThat(alice.admit(OLD, mallory.publicKey())).isEqualTo(PeerStatus.NOT_ADMITTED);
    assertThat(alice.admit(OLD, mallory.publicKey() + "\n")).isEqualTo(PeerStatus.DAMAGED_KEY);
    assertThat(alice.sealForAll("hello")).isEmpty();
    assertThat(alice.sealFor(OLD, "hello")).isEmpty();
  }

  @Test
  void whatAVerifiedMemberSendsIsNotTakenForRsa() {
    alice.admit(bob.id, bob.publicKey);
    old.admit(ALICE, entrance.publicKey());
    List<String> read = new ArrayList<>();
    alice.open(bob.id, old.sealFor(ALICE, "I am bob").get(0).content(), into(read));
    assertThat(read).containsExactly("(UNSUPPORTED)");
  }

  @Test
  void aMemberWhoIsAnOldPeerFromNowOnIsNotSentWhatIsSealed() {
    alice.admit(bob.id, bob.publicKey);
    assertThat(alice.sealForAll("before")).hasSize(2);
    assertThat(alice.admit(bob.id, OLD_RSA.publicKey())).isEqualTo(PeerStatus.REACHABLE);
    List<Sealed> sent = alice.sealForAll("after");
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).to()).isEqualTo(bob.id);
    assertThat(alice.safetyNumber()).isEqualTo(lonely());
  }

  private Optional<SafetyNumber> lonely() {
    RoomCipher again = entrance.enter(Party.ROOM);
    return again.safetyNumber();
  }

  private static RoomCipher.Reader into(List<String> read) {
    return new RoomCipher.Reader() {
      @Override
      public void missing(int messages) {
        read.add("(" + messages + " missing)");
      }

      @Override
      public void text(String text, boolean isPrivate) {
        read.add(text);
      }

      @Override
      public void unreadable(Rejection why) {
        read.add("(" + why + ")");
      }
    };
  }
}
