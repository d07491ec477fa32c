package io.resolute.client.e2ee;

import static io.resolute.client.e2ee.Party.rejected;
import static io.resolute.client.e2ee.Party.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedRoomTest {
  private final Party alice = new Party("alice");
  private final Party bob = new Party("bob");
  private final Party carol = new Party("carol");

  @Test
  void aTextReachesEveryMemberFromOneCiphertext() {
    Party.meet(alice, bob, carol);
    List<Sealed> sent = alice.says("hello");
    assertThat(sent).hasSize(3);
    assertThat(sent.get(2).to()).isNull();
    assertThat(bob.takes(alice, sent)).containsExactly(new Opened.Key(), text("hello"));
    assertThat(carol.takes(alice, sent)).containsExactly(new Opened.Key(), text("hello"));
  }

  @Test
  void theKeyIsHandedToAMemberOnce() {
    Party.meet(alice, bob);
    assertThat(alice.says("one")).hasSize(2);
    assertThat(alice.says("two")).hasSize(1);
  }

  @Test
  void nothingIsSentToAnEmptyRoom() {
    assertThat(alice.says("hello")).isEmpty();
    assertThat(alice.room.sealFor(bob.id, "hello")).isEmpty();
  }

  @Test
  void aNewcomerReadsWhatIsSaidFromThenOnAndNothingEarlier() {
    Party.meet(alice, bob);
    List<Sealed> first = alice.says("before");
    List<Sealed> second = alice.says("also before");
    Party.meet(alice, bob, carol);
    List<Sealed> third = alice.says("after");
    assertThat(carol.hears(alice, first)).isEqualTo(rejected(Rejection.UNKNOWN_KEY));
    assertThat(carol.hears(alice, third)).isEqualTo(text("after"));
    assertThat(carol.hears(alice, first)).isEqualTo(rejected(Rejection.BEFORE_KEY));
    assertThat(carol.hears(alice, second)).isEqualTo(rejected(Rejection.BEFORE_KEY));
  }

  @Test
  void aNewcomerWithAllThatWasEverSentOpensNothingThatWasSaidBefore() {
    Party.meet(alice, bob);
    List<Sealed> recorded = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      recorded.addAll(alice.says("before " + i));
      recorded.addAll(bob.says("before " + i));
      recorded.addAll(alice.room.sealFor(bob.id, "before " + i));
    }
    for (Party each : List.of(alice, bob)) {
      each.room.admit(carol.id, carol.publicKey);
      carol.room.admit(each.id, each.publicKey);
    }
    assertThat(openedByCarol(recorded)).isEmpty();
    List<Sealed> after = new ArrayList<>(alice.says("after"));
    after.addAll(bob.says("after"));
    recorded.addAll(after);
    assertThat(openedByCarol(recorded)).containsExactly("after", "after");
    assertThat(openedByCarol(recorded)).isEmpty();
  }

  /** Returns every text that Carol gets out of anything, whoever is said to have sent it. */
  private List<String> openedByCarol(List<Sealed> recorded) {
    List<String> texts = new ArrayList<>();
    for (Sealed part : recorded) {
      for (Party sender : List.of(alice, bob)) {
        if (carol.room.open(sender.id, part.content()) instanceof Opened.Text opened) {
          texts.add(opened.text());
        }
      }
    }
    return texts;
  }

  @Test
  void beingToldOfAMemberAgainChangesNothing() {
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("one"));
    assertThat(alice.room.admit(bob.id, bob.publicKey)).isEqualTo(PeerStatus.VERIFIED);
    assertThat(bob.room.admit(alice.id, alice.publicKey)).isEqualTo(PeerStatus.VERIFIED);
    assertThat(bob.takes(alice, alice.says("two"))).containsExactly(text("two"));
  }

  @Test
  void aNewcomerDoesNotCostTheOthersANewKey() {
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("before"));
    alice.room.admit(carol.id, carol.publicKey);
    List<Sealed> after = alice.says("after");
    assertThat(after).hasSize(2);
    assertThat(after.get(0).to()).isEqualTo(carol.id);
    assertThat(bob.hears(alice, after)).isEqualTo(text("after"));
  }

  @Test
  void whoHasLeftCannotReadWhatIsSaidAfterwards() {
    Party.meet(alice, bob, carol);
    carol.takes(alice, alice.says("before"));
    alice.room.remove(carol.id);
    bob.room.remove(carol.id);
    List<Sealed> after = alice.says("after");
    assertThat(after).extracting(Sealed::to).doesNotContain(carol.id);
    for (Sealed part : after) {
      assertThat(carol.room.open(alice.id, part.content())).isInstanceOf(Opened.Rejected.class);
    }
    assertThat(bob.hears(alice, after)).isEqualTo(text("after"));
  }

  @Test
  void everyRemainingMemberChangesItsKeyWhenOneLeaves() {
    Party.meet(alice, bob, carol);
    carol.takes(alice, alice.says("a"));
    carol.takes(bob, bob.says("b"));
    for (Party remaining : List.of(alice, bob)) {
      remaining.room.remove(carol.id);
      assertThat(carol.hears(remaining, remaining.says("after")))
          .isEqualTo(rejected(Rejection.UNKNOWN_KEY));
    }
  }

  @Test
  void aChainEndsAfterAFixedNumberOfMessages() {
    Party.meet(alice, bob);
    for (int i = 0; i < ChainKey.LENGTH; i++) {
      assertThat(bob.hears(alice, alice.says("x"))).isEqualTo(text("x"));
    }
    List<Sealed> next = alice.says("on a new chain");
    assertThat(next).hasSize(2);
    assertThat(bob.hears(alice, next)).isEqualTo(text("on a new chain"));
  }

  @Test
  void aTextToOneMemberIsForNobodyElse() {
    Party.meet(alice, bob, carol);
    carol.takes(alice, alice.says("to all"));
    List<Sealed> sent = alice.room.sealFor(bob.id, "to bob");
    assertThat(sent).extracting(Sealed::to).containsOnly(bob.id);
    assertThat(bob.hears(alice, sent)).isEqualTo(new Opened.Text("to bob", Audience.ONE_MEMBER, 0));
    for (Sealed part : sent) {
      assertThat(carol.room.open(alice.id, part.content())).isInstanceOf(Opened.Rejected.class);
    }
  }

  @Test
  void textsToAllAndToOneDoNotDisturbEachOther() {
    Party.meet(alice, bob);
    List<Sealed> sent = new ArrayList<>(alice.says("1"));
    sent.addAll(alice.room.sealFor(bob.id, "2"));
    sent.addAll(alice.says("3"));
    sent.addAll(alice.room.sealFor(bob.id, "4"));
    assertThat(bob.takes(alice, sent))
        .filteredOn(Opened.Text.class::isInstance)
        .extracting(opened -> ((Opened.Text) opened).text())
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void theLongestTextFitsAndOneByteMoreIsRefused() {
    Party.meet(alice, bob);
    String longest = "x".repeat(alice.room.maxTextBytes());
    assertThat(bob.hears(alice, alice.says(longest))).isEqualTo(text(longest));
    assertThatThrownBy(() -> alice.says(longest + "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void afterAFailureToSendEveryoneIsHandedANewKey() {
    Party.meet(alice, bob);
    alice.says("never sent");
    alice.room.renew();
    assertThat(bob.takes(alice, alice.says("sent")))
        .containsExactly(new Opened.Key(), text("sent"));
  }

  @Test
  void messagesThatDidNotArriveAreCounted() {
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("0"));
    alice.says("1");
    alice.says("2");
    assertThat(bob.hears(alice, alice.says("3"))).isEqualTo(new Opened.Text("3", Audience.ROOM, 2));
  }

  @Test
  void namesAreReadByMembersOnly() {
    Party.meet(alice, bob);
    assertThat(alice.room.usernameOf(bob.id, bob.username)).contains("bob");
    assertThat(alice.room.usernameOf(carol.id, carol.username)).isEmpty();
    assertThat(bob.username).doesNotContain("bob");
  }

  @Test
  void allWhoSeeTheSameMembersHaveTheSameSafetyNumber() {
    Party.meet(alice, bob, carol);
    assertThat(alice.room.safetyNumber()).isEqualTo(bob.room.safetyNumber());
    assertThat(alice.room.safetyNumber()).isEqualTo(carol.room.safetyNumber());
    SafetyNumber before = alice.room.safetyNumber().orElseThrow();
    alice.room.remove(carol.id);
    assertThat(alice.room.safetyNumber().orElseThrow()).isNotEqualTo(before);
  }

  @Test
  void afterTheEndNothingIsSealedOrOpened() {
    Party.meet(alice, bob);
    List<Sealed> sent = alice.says("hello");
    bob.room.wipe();
    assertThat(bob.takes(alice, sent)).containsOnly(rejected(Rejection.WIPED));
    assertThat(bob.says("hello")).isEmpty();
    assertThat(bob.room.admit(carol.id, carol.publicKey)).isEqualTo(PeerStatus.NOT_ADMITTED);
    assertThat(bob.room.roomName("")).isEmpty();
  }

  @Test
  void nothingSecretPrints() {
    Party.meet(alice, bob);
    assertThat(alice.room).hasToString("SealedRoom[REDACTED]");
    assertThat(alice.identity).hasToString("Identity[REDACTED]");
    assertThat(alice.room.secret().orElseThrow()).hasToString("RoomSecret[REDACTED]");
    assertThat(bob.hears(alice, alice.says("hush")).toString()).doesNotContain("hush");
  }
}
