package io.resolute.client.e2ee;

import static io.resolute.client.e2ee.Party.rejected;
import static io.resolute.client.e2ee.Party.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.protocol.RoomId;
import io.resolute.protocol.UserId;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server can do to a room, each with the answer. */
class HostileServerTest {
  private static final UserId GHOST = new UserId("G".repeat(32));

  private final Party alice = new Party("alice");
  private final Party bob = new Party("bob");
  private final Party carol = new Party("carol");

  @Test
  void aKeyOfTheServersOwnIsNotAdmittedAndSentNothing() {
    Party mallory = new Party("mallory", "B".repeat(42) + "A", Party.ROOM);
    assertThat(alice.room.admit(bob.id, mallory.publicKey)).isEqualTo(PeerStatus.NOT_ADMITTED);
    assertThat(alice.says("hello")).isEmpty();
    assertThat(alice.room.sealFor(bob.id, "hello")).isEmpty();
    alice.room.admit(carol.id, carol.publicKey);
    assertThat(alice.says("hello")).extracting(Sealed::to).doesNotContain(bob.id);
  }

  @Test
  void whatAnUnverifiedMemberSendsIsNotRead() {
    Party mallory = new Party("mallory", "B".repeat(42) + "A", Party.ROOM);
    Party.meet(alice, mallory);
    mallory.room.admit(alice.id, mallory.publicKey);
    assertThat(alice.room.open(mallory.id, bob.publicKey))
        .isEqualTo(rejected(Rejection.NOT_VERIFIED));
  }

  @Test
  void aTagOfAnotherBundleAdmitsNobody() {
    Party mallory = new Party("mallory", "B".repeat(42) + "A", Party.ROOM);
    int tagAt = bob.publicKey.indexOf("-----BEGIN RESOLUTE ADMISSION");
    String mixed = mallory.publicKey.substring(0, tagAt) + bob.publicKey.substring(tagAt);
    assertThat(alice.room.admit(GHOST, mixed)).isEqualTo(PeerStatus.NOT_ADMITTED);
  }

  @Test
  void aMemberUnderTwoIdsIsOneMember() {
    assertThat(alice.room.admit(bob.id, bob.publicKey)).isEqualTo(PeerStatus.VERIFIED);
    assertThat(alice.room.admit(GHOST, bob.publicKey)).isEqualTo(PeerStatus.REPEATED_KEY);
    assertThat(alice.says("hello")).extracting(Sealed::to).doesNotContain(GHOST);
  }

  @Test
  void ownKeyThatComesBackIsRefused() {
    assertThat(alice.room.admit(GHOST, alice.publicKey)).isEqualTo(PeerStatus.OWN_KEY);
  }

  @Test
  void whatOneSaidOneselfIsNotOpenedAgain() {
    Party.meet(alice, bob);
    List<Sealed> sent = alice.says("hello");
    for (Sealed part : sent) {
      assertThat(alice.room.open(bob.id, part.content()))
          .isEqualTo(rejected(Rejection.BAD_SIGNATURE));
      assertThat(alice.room.open(alice.id, part.content()))
          .isEqualTo(rejected(Rejection.NOT_VERIFIED));
    }
  }

  @Test
  void aMemberThatIsMadeToLeaveAndComeBackCannotBeReplayed() {
    Party.meet(alice, bob);
    List<Sealed> sent = alice.says("pay him");
    assertThat(bob.hears(alice, sent)).isEqualTo(text("pay him"));
    bob.room.remove(alice.id);
    assertThat(bob.room.admit(GHOST, alice.publicKey)).isEqualTo(PeerStatus.REPEATED_KEY);
    for (Sealed part : sent) {
      assertThat(bob.room.open(GHOST, part.content())).isEqualTo(rejected(Rejection.NOT_VERIFIED));
    }
  }

  @Test
  void anotherKeyUnderAKnownIdTakesNothingOver() {
    Party.meet(alice, bob, carol);
    List<Sealed> first = alice.says("before");
    assertThat(bob.hears(alice, first)).isEqualTo(text("before"));
    Party mallory = new Party("mallory", "B".repeat(42) + "A", Party.ROOM);
    assertThat(alice.room.admit(bob.id, mallory.publicKey)).isEqualTo(PeerStatus.NOT_ADMITTED);
    List<Sealed> after = alice.says("after");
    assertThat(after).extracting(Sealed::to).containsExactly(carol.id, null);
    assertThat(bob.hears(alice, after)).isEqualTo(rejected(Rejection.UNKNOWN_KEY));
  }

  @Test
  void aMessageIsOpenedOnce() {
    Party.meet(alice, bob);
    List<Sealed> sent = alice.says("hello");
    bob.takes(alice, sent);
    assertThat(bob.hears(alice, sent)).isEqualTo(rejected(Rejection.REPLAYED));
  }

  @Test
  void anOldHandoutDoesNotTurnAChainBack() {
    Party.meet(alice, bob);
    List<Sealed> first = alice.says("0");
    bob.takes(alice, first);
    bob.takes(alice, alice.says("1"));
    assertThat(bob.takes(alice, first))
        .containsExactly(rejected(Rejection.STALE_KEY), rejected(Rejection.REPLAYED));
    assertThat(bob.hears(alice, alice.says("2"))).isEqualTo(text("2"));
  }

  @Test
  void theHandoutOfAReplacedChainIsRefusedAndItsMessagesStayShut() {
    Party.meet(alice, bob);
    List<Sealed> old = alice.says("old");
    List<Sealed> withheld = alice.says("withheld");
    bob.takes(alice, old);
    alice.room.renew();
    bob.takes(alice, alice.says("new"));
    assertThat(bob.takes(alice, old))
        .containsExactly(rejected(Rejection.STALE_KEY), rejected(Rejection.RETIRED_KEY));
    assertThat(bob.hears(alice, withheld)).isEqualTo(rejected(Rejection.RETIRED_KEY));
  }

  @Test
  void messagesInAnotherOrderAreOpenedAndTheGapIsTold() {
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("0"));
    List<Sealed> one = alice.says("1");
    List<Sealed> two = alice.says("2");
    assertThat(bob.hears(alice, two)).isEqualTo(new Opened.Text("2", Audience.ROOM, 1));
    assertThat(bob.hears(alice, one)).isEqualTo(text("1"));
    assertThat(bob.hears(alice, one)).isEqualTo(rejected(Rejection.REPLAYED));
  }

  @Test
  void aMessageBeforeItsHandoutIsNamedAndTheNextOneIsRead() {
    Party.meet(alice, bob);
    List<Sealed> sent = alice.says("0");
    assertThat(bob.room.open(alice.id, sent.get(1).content()))
        .isEqualTo(rejected(Rejection.UNKNOWN_KEY));
    assertThat(bob.room.open(alice.id, sent.get(0).content())).isEqualTo(new Opened.Key());
    assertThat(bob.room.open(alice.id, sent.get(1).content())).isEqualTo(text("0"));
  }

  @Test
  void aGapUpToTheBoundIsBridgedAndALargerOneChangesNothing() {
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("first"));
    for (int i = 0; i < ReceiverChain.MAX_GAP; i++) {
      alice.says("dropped");
    }
    List<Sealed> atTheBound = alice.says("at the bound");
    List<Sealed> past = alice.says("past the bound");
    assertThat(bob.hears(alice, past)).isEqualTo(rejected(Rejection.GAP_TOO_LARGE));
    assertThat(bob.hears(alice, atTheBound))
        .isEqualTo(new Opened.Text("at the bound", Audience.ROOM, ReceiverChain.MAX_GAP));
    assertThat(bob.hears(alice, past)).isEqualTo(text("past the bound"));
  }

  @Test
  void afterTooLargeAGapANewChainIsReadAgain() {
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("first"));
    for (int i = 0; i <= ReceiverChain.MAX_GAP; i++) {
      alice.says("dropped");
    }
    assertThat(bob.hears(alice, alice.says("x"))).isEqualTo(rejected(Rejection.GAP_TOO_LARGE));
    alice.room.renew();
    assertThat(bob.hears(alice, alice.says("again"))).isEqualTo(text("again"));
  }

  @Test
  void aMessageOfAnotherRoomIsNotTaken() {
    RoomId elsewhere = new RoomId("S".repeat(32));
    Party sameAlice = new Party("alice", Party.SECRET, elsewhere);
    Party sameBob = new Party("bob", Party.SECRET, elsewhere);
    Party.meet(sameAlice, sameBob);
    Party.meet(alice, bob);
    for (Sealed part : sameAlice.says("for the other room")) {
      assertThat(bob.room.open(alice.id, part.content()))
          .isEqualTo(rejected(Rejection.BAD_SIGNATURE));
    }
  }

  @Test
  void aMessageUnderTheNameOfAnotherMemberIsNotTaken() {
    Party.meet(alice, bob, carol);
    for (Sealed part : alice.says("I am carol")) {
      assertThat(bob.room.open(carol.id, part.content()))
          .isEqualTo(rejected(Rejection.BAD_SIGNATURE));
    }
  }

  @Test
  void aHandoutForAnotherMemberIsNotTaken() {
    Party.meet(alice, bob, carol);
    Sealed forBob = alice.says("hello").get(0);
    assertThat(forBob.to()).isEqualTo(bob.id);
    assertThat(carol.room.open(alice.id, forBob.content()))
        .isEqualTo(rejected(Rejection.BAD_SIGNATURE));
  }

  @Test
  void whatIsForOneMemberCannotBePassedOffAsForAll() {
    Party.meet(alice, bob);
    for (Sealed part : alice.room.sealFor(bob.id, "psst")) {
      byte[] bytes = Base64.getDecoder().decode(part.content());
      bytes[2] = Audience.ROOM.code();
      assertThat(bob.room.open(alice.id, Base64.getEncoder().encodeToString(bytes)))
          .isEqualTo(rejected(Rejection.BAD_SIGNATURE));
    }
  }

  @Test
  void aNameIsGoodForTheMemberThatItWasSealedFor() {
    Party.meet(alice, bob, carol);
    assertThat(alice.room.usernameOf(carol.id, bob.username)).isEmpty();
    assertThat(alice.room.usernameOf(carol.id, "carol")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "A", "!", "AAAA", "AQEB", "AQIB", "AQEBAA==", "AQIBAAAA", "hello", "\ud800"})
  void whatIsNoMessageAtAllIsRejected(String content) {
    Party.meet(alice, bob);
    assertThat(bob.room.open(alice.id, content)).isInstanceOf(Opened.Rejected.class);
  }

  @Test
  void aFlippedBitAnywhereIsCaughtAndChangesNothing() {
    Party.meet(alice, bob);
    List<Sealed> sent = alice.says("hello");
    for (Sealed part : sent) {
      byte[] bytes = Base64.getDecoder().decode(part.content());
      for (int i = 0; i < bytes.length; i += i < 64 ? 1 : 13) {
        byte[] flipped = bytes.clone();
        flipped[i] ^= (byte) (1 << (i % Byte.SIZE));
        assertThat(bob.room.open(alice.id, Base64.getEncoder().encodeToString(flipped)))
            .as("bit flipped in byte " + i)
            .isInstanceOf(Opened.Rejected.class);
      }
    }
    assertThat(bob.hears(alice, sent)).isEqualTo(text("hello"));
  }

  @Test
  void aMessageCutShortOrWithSomethingBehindItIsCaught() {
    Party.meet(alice, bob);
    for (Sealed part : alice.says("hello")) {
      byte[] bytes = Base64.getDecoder().decode(part.content());
      for (int length = 0; length < bytes.length; length += length < 160 ? 1 : 29) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThat(bob.room.open(alice.id, Base64.getEncoder().encodeToString(cut)))
            .isInstanceOf(Opened.Rejected.class);
      }
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThat(bob.room.open(alice.id, Base64.getEncoder().encodeToString(longer)))
          .isInstanceOf(Opened.Rejected.class);
    }
  }

  @Test
  void randomBytesUnderEveryHeaderAreRejected() {
    Party.meet(alice, bob);
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(1500)];
      random.nextBytes(bytes);
      if (bytes.length > 3) {
        bytes[0] = 1;
        bytes[1] = (byte) (1 + i % 2);
        bytes[2] = (byte) (1 + i / 2 % 2);
      }
      assertThat(bob.room.open(alice.id, Base64.getEncoder().encodeToString(bytes)))
          .isInstanceOf(Opened.Rejected.class);
    }
  }
}
