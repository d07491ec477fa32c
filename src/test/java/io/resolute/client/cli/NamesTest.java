package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.Member;
import io.resolute.client.Members;
import io.resolute.client.e2ee.PeerStatus;
import io.resolute.protocol.UserId;
import org.junit.jupiter.api.Test;

class NamesTest {
  private final Names names = new Names();

  @Test
  void aMemberKeepsItsName() {
    Member bob = member('A', "bob");
    assertThat(names.of(bob)).isEqualTo("bob");
    assertThat(names.of(bob)).isEqualTo("bob");
  }

  @Test
  void whoGetsTheIdOfAnotherDoesNotGetItsNameEither() {
    Member bob = member('A', "bob");
    Member other = member('A', "bob");
    assertThat(names.of(bob)).isEqualTo("bob");
    assertThat(names.of(other)).isEqualTo("bob#2");
    names.forget(bob);
    assertThat(names.memberOf("bob")).isEmpty();
    assertThat(names.memberOf("bob#2")).containsSame(other);
  }

  @Test
  void nobodyGetsANameThatIsTaken() {
    assertThat(names.of(member('A', "bob"))).isEqualTo("bob");
    assertThat(names.of(member('B', "Bob"))).isEqualTo("Bob#2");
    assertThat(names.of(member('C', "bob#2"))).isEqualTo("bob_2");
    assertThat(names.of(member('D', "bob"))).isEqualTo("bob#3");
    assertThat(names.of(member('E', "bob\uFE0F"))).isEqualTo("bob\uFFFD");
  }

  @Test
  void nobodyGetsOnesOwnName() {
    assertThat(names.own("alice")).isEqualTo("alice");
    assertThat(names.of(member('A', "alice"))).isEqualTo("alice#2");
  }

  @Test
  void allScreensCallThreeOfOneNameTheSame() {
    Member first = member('A', "bob");
    Member second = member('B', "Bob");
    Member third = member('C', "bob");
    Names ofFirst = new Names();
    assertThat(ofFirst.own("bob")).isEqualTo("bob");
    assertThat(ofFirst.of(second)).isEqualTo("Bob#2");
    assertThat(ofFirst.of(third)).isEqualTo("bob#3");
    Names ofSecond = new Names();
    assertThat(ofSecond.of(first)).isEqualTo("bob");
    assertThat(ofSecond.own("Bob")).isEqualTo("Bob#2");
    assertThat(ofSecond.of(third)).isEqualTo("bob#3");
    Names ofThird = new Names();
    assertThat(ofThird.of(first)).isEqualTo("bob");
    assertThat(ofThird.of(second)).isEqualTo("Bob#2");
    assertThat(ofThird.own("bob")).isEqualTo("bob#3");
  }

  @Test
  void aMemberIsFoundByItsNameInAnyCaseAsLongAsItIsHere() {
    Member bob = member('A', "bob");
    Member second = member('B', "bob");
    names.of(bob);
    names.of(second);
    assertThat(names.memberOf("BOB")).containsSame(bob);
    assertThat(names.memberOf("bob#2")).containsSame(second);
    names.forget(bob);
    assertThat(names.memberOf("bob")).isEmpty();
    assertThat(names.memberOf("bo")).isEmpty();
  }

  @Test
  void whoHasNoNameAndCannotSpeakIsNotFound() {
    names.of(member('A', "", PeerStatus.NOT_ADMITTED));
    assertThat(names.memberOf("nameless")).isEmpty();
    assertThat(Names.isShared("Nameless")).isTrue();
  }

  @Test
  void nobodyGetsTheNameOfSomebodyWhoLeft() {
    Member bob = member('A', "bob");
    names.of(bob);
    names.forget(bob);
    assertThat(names.of(member('B', "bob"))).isEqualTo("bob#2");
  }

  @Test
  void whoHasNoNameAndCannotSpeakIsNotToldApartNorRemembered() {
    for (char id = 'A'; id <= 'Z'; id++) {
      assertThat(names.of(member(id, "", PeerStatus.NOT_ADMITTED))).isEqualTo("nameless");
    }
  }

  @Test
  void whoSpeaksIsToldApartFromAllWithoutAName() {
    assertThat(names.of(member('A', "", PeerStatus.VERIFIED))).isEqualTo("nameless#2");
    assertThat(names.of(member('B', "", PeerStatus.VERIFIED))).isEqualTo("nameless#3");
    assertThat(names.of(member('C', "nameless"))).isEqualTo("nameless#4");
  }

  private static Member member(char id, String username) {
    return member(id, username, PeerStatus.REACHABLE);
  }

  private static Member member(char id, String username, PeerStatus status) {
    return Members.of(new UserId(String.valueOf(id).repeat(32)), username, status);
  }
}
