package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.protocol.UserId;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must not be in memory any more is not: looked for in all that a room can reach. */
class ErasureTest {
  private final Party alice = new Party("alice");
  private final Party bob = new Party("bob");
  private final Party carol = new Party("carol");

  @Test
  void theRoomThatIsLookedThroughHoldsItsSecrets() throws Exception {
    byte[] signingKey = secret(alice.identity, "signingKey");
    assertThat(holds(alice.room, signingKey)).isTrue();
  }

  @Test
  void afterLeavingNoSecretIsLeft() throws Exception {
    Party.meet(alice, bob, carol);
    bob.takes(alice, alice.says("hello"));
    alice.room.sealFor(bob.id, "psst");
    alice.takes(bob, bob.says("hello"));
    RoomSecret roomSecret = alice.room.secret().orElseThrow();
    List<byte[]> secrets =
        List.of(
            secret(alice.identity, "signingKey"),
            secret(alice.identity, "kemSeed"),
            secret(roomSecret, "value"),
            roomSecret.derive(Label.ADMISSION),
            roomSecret.derive(Label.METADATA),
            chainKey(alice.room, "toAll"));
    assertThat(secrets).allMatch(secret -> holds(alice.room, secret));
    alice.room.wipe();
    assertThat(secrets).noneMatch(secret -> holds(alice.room, secret));
  }

  @Test
  void aChainKeyIsOverwrittenByTheNext() throws Exception {
    Party.meet(alice, bob);
    alice.says("one");
    byte[] before = chainKey(alice.room, "toAll");
    alice.says("two");
    assertThat(holds(alice.room, before)).isFalse();
  }

  @Test
  void aReplacedChainIsOverwrittenAtBothEnds() throws Exception {
    Party.meet(alice, bob, carol);
    bob.takes(alice, alice.says("hello"));
    SenderChain old = chain(alice.room, "toAll");
    byte[] key = old.copyKey();
    assertThat(holds(bob.room, key)).isTrue();
    alice.room.remove(carol.id);
    assertThat(old.copyKey()).containsOnly(0);
    assertThat(holds(alice.room, key)).isFalse();
    bob.takes(alice, alice.says("on the next chain"));
    assertThat(holds(bob.room, key)).isFalse();
  }

  @Test
  void theKeyOfAnOpenedMessageIsOverwritten() throws Exception {
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("first"));
    byte[] messageKey = new ChainKey(chainKey(alice.room, "toAll")).step();
    List<Sealed> withheld = alice.says("withheld");
    bob.takes(alice, alice.says("third"));
    assertThat(holds(bob.room, messageKey)).isTrue();
    bob.takes(alice, withheld);
    assertThat(holds(bob.room, messageKey)).isFalse();
  }

  @Test
  void aMemberThatLeavesTakesItsChainAlong() throws Exception {
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("hello"));
    byte[] key = chainKey(alice.room, "toAll");
    assertThat(holds(bob.room, key)).isTrue();
    bob.room.remove(alice.id);
    assertThat(holds(bob.room, key)).isFalse();
  }

  private static byte[] chainKey(SealedRoom room, String outbox) throws Exception {
    return chain(room, outbox).copyKey();
  }

  private static SenderChain chain(SealedRoom room, String outbox) throws Exception {
    return (SenderChain) field(field(room, outbox), "chain");
  }

  private static byte[] secret(Object owner, String name) throws Exception {
    return ((byte[]) field(owner, name)).clone();
  }

  private static Object field(Object owner, String name) throws Exception {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }

  private static boolean holds(Object root, byte[] secret) {
    Deque<Object> left = new ArrayDeque<>(List.of(root));
    Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!left.isEmpty()) {
      Object next = left.pop();
      if (!known.add(next)) {
        continue;
      }
      if (next instanceof byte[] bytes) {
        if (contains(bytes, secret)) {
          return true;
        }
      } else if (next instanceof Map<?, ?> map) {
        left.addAll(map.values());
      } else if (next instanceof Collection<?> collection) {
        left.addAll(collection);
      } else if (next.getClass().isArray() && !next.getClass().componentType().isPrimitive()) {
        for (int i = 0; i < Array.getLength(next); i++) {
          left.add(Array.get(next, i));
        }
      } else if (next.getClass().getPackage() == SealedRoom.class.getPackage()
          && !(next instanceof UserId)) {
        fields(next, left);
      }
    }
    return false;
  }

  private static void fields(Object owner, Deque<Object> into) {
    for (Field field : owner.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
        continue;
      }
      try {
        field.setAccessible(true);
        Object value = field.get(owner);
        if (value != null) {
          into.add(value);
        }
      } catch (IllegalAccessException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
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
