package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What must not be in memory any more is not: it is overwritten, and not only let go. */
class ErasureTest {
  private final Party alice = new Party("alice");
  private final Party bob = new Party("bob");
  private final Party carol = new Party("carol");

  @Test
  void afterLeavingEverySecretIsOverwritten() {
    Party.meet(alice, bob, carol);
    bob.takes(alice, alice.says("hello"));
    alice.room.sealFor(bob.id, "psst");
    alice.takes(bob, bob.says("first"));
    bob.says("withheld");
    alice.takes(bob, bob.says("third"));
    List<Secret> secrets = Secret.allOf(alice.room);
    assertThat(secrets)
        .extracting(secret -> secret.name().replaceAll(".*/", ""))
        .contains(
            "Identity.kemSeed",
            "Identity.signingKey",
            "RoomSecret.value",
            "Admission.key",
            "SealedName.key",
            "ChainKey.key",
            "ReceiverChain.skipped");
    assertThat(secrets).noneMatch(Secret::isOverwritten);
    alice.room.wipe();
    assertThat(secrets).allMatch(Secret::isOverwritten);
  }

  @Test
  void aChainKeyIsOverwrittenByTheNext() throws Exception {
    Party.meet(alice, bob);
    alice.says("one");
    byte[] before = chain(alice.room, "toAll").copyKey();
    assertThat(holds(alice.room, before)).isTrue();
    alice.says("two");
    assertThat(holds(alice.room, before)).isFalse();
  }

  @Test
  void aReplacedChainIsOverwrittenAtBothEnds() {
    Party.meet(alice, bob, carol);
    bob.takes(alice, alice.says("hello"));
    List<Secret> sent = chainsOf(alice);
    List<Secret> received = chainsOf(bob);
    assertThat(sent).hasSize(1);
    assertThat(received).hasSize(1);
    alice.room.remove(carol.id);
    assertThat(sent).allMatch(Secret::isOverwritten);
    assertThat(received).noneMatch(Secret::isOverwritten);
    bob.takes(alice, alice.says("on the next chain"));
    assertThat(received).allMatch(Secret::isOverwritten);
  }

  @Test
  void theKeyOfAMissingMessageIsOverwrittenOnceItIsUsed() {
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("first"));
    List<Sealed> withheld = alice.says("withheld");
    bob.takes(alice, alice.says("third"));
    List<Secret> skipped = named("skipped", bob);
    assertThat(skipped).hasSize(1).noneMatch(Secret::isOverwritten);
    bob.takes(alice, withheld);
    assertThat(skipped).allMatch(Secret::isOverwritten);
  }

  @Test
  void theOldestKeyOfAMissingMessageIsOverwrittenWhenThereAreTooMany() {
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("first"));
    alice.says("withheld");
    bob.takes(alice, alice.says("third"));
    List<Secret> oldest = named("skipped", bob);
    for (int i = 0; i < ReceiverChain.MAX_SKIPPED; i++) {
      alice.says("withheld");
    }
    bob.takes(alice, alice.says("last"));
    assertThat(oldest).hasSize(1).allMatch(Secret::isOverwritten);
  }

  @Test
  void aMemberThatLeavesTakesItsChainsAlong() {
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("hello"));
    bob.takes(alice, alice.room.sealFor(bob.id, "psst"));
    bob.room.sealFor(alice.id, "psst");
    List<Secret> chains = chainsOf(bob);
    assertThat(chains).hasSize(3).noneMatch(Secret::isOverwritten);
    bob.room.remove(alice.id);
    assertThat(chains).allMatch(Secret::isOverwritten);
  }

  private static List<Secret> chainsOf(Party party) {
    return named("ChainKey.key", party);
  }

  private static List<Secret> named(String end, Party party) {
    return Secret.allOf(party.room).stream().filter(each -> each.name().endsWith(end)).toList();
  }

  private static SenderChain chain(SealedRoom room, String outbox) throws Exception {
    return (SenderChain) field(field(room, outbox), "chain");
  }

  private static Object field(Object owner, String name) throws Exception {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }

  private static boolean holds(Object root, byte[] secret) {
    AtomicBoolean found = new AtomicBoolean();
    State.visit(root, (path, bytes) -> found.compareAndSet(false, contains(bytes, secret)));
    return found.get();
  }

  private static boolean contains(byte[] bytes, byte[] secret) {
    for (int at = 0; at + secret.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + secret.length, secret, 0, secret.length)) {
        return true;
      }
    }
    return false;
  }
}
