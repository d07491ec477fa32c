package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.Member;
import io.resolute.client.Members;
import io.resolute.client.e2ee.PeerStatus;
import io.resolute.protocol.UserId;
import org.junit.jupiter.api.Test;

class NamesTest {
  private final Names names = new Names("alice");

  @Test
  void aMemberKeepsItsName() {
    assertThat(names.of(member('A', "bob"))).isEqualTo("bob");
    assertThat(names.of(member('A', "bob"))).isEqualTo("bob");
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
    assertThat(names.of(member('A', "alice"))).isEqualTo("alice#2");
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
