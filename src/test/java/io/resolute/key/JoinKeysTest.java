package io.resolute.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.memory.SecretMac;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinKeysTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));
  private static final RoomId OTHER = new RoomId("O".repeat(32));
  private static final int LIMIT = 3;

  // Of their digests, the 32-bit hash codes are the same: found by trying 100,000.
  private static final List<String> HASHING_ALIKE =
      List.of("jtv9tKYFP49xc3x4QxEL66Wxp62MzawZ", "l91KTAqMaJ7KdPV6F1gK48kkxCqNdHxj");

  private final RandomTokens random = new RandomTokens(new SecureRandom());
  private final SecretMac secret = SecretMac.draw();
  private final JoinKeys keys = new JoinKeys(LIMIT, random, new HmacKeyDerivation(secret));

  @AfterEach
  void wipe() {
    secret.close();
  }

  private JoinKey issue(KeyKind kind) {
    return keys.issue(ROOM, kind).orElseThrow();
  }

  private boolean redeem(KeyKind kind, JoinKey key) {
    return keys.redeem(ROOM, kind, key, true);
  }

  @Test
  void aOneTimeKeyLetsInOnce() {
    JoinKey key = issue(KeyKind.ONE_TIME);
    assertThat(redeem(KeyKind.ONE_TIME, key)).isTrue();
    assertThat(redeem(KeyKind.ONE_TIME, key)).isFalse();
  }

  @Test
  void everyOneTimeKeyIsAnotherOneAndEachLetsIn() {
    JoinKey first = issue(KeyKind.ONE_TIME);
    JoinKey second = issue(KeyKind.ONE_TIME);
    assertThat(first).isNotEqualTo(second);
    assertThat(redeem(KeyKind.ONE_TIME, second)).isTrue();
    assertThat(redeem(KeyKind.ONE_TIME, first)).isTrue();
  }

  @Test
  void aForeverKeyLetsInAgainAndAgainAndIsAlwaysTheSame() {
    JoinKey key = issue(KeyKind.FOREVER);
    assertThat(issue(KeyKind.FOREVER)).isEqualTo(key);
    for (int i = 0; i < 3; i++) {
      assertThat(redeem(KeyKind.FOREVER, key)).isTrue();
    }
    assertThat(issue(KeyKind.FOREVER)).isEqualTo(key);
  }

  @Test
  void aKeyOfOneKindIsNoneOfTheOther() {
    JoinKey once = issue(KeyKind.ONE_TIME);
    JoinKey forever = issue(KeyKind.FOREVER);
    assertThat(redeem(KeyKind.FOREVER, once)).isFalse();
    assertThat(redeem(KeyKind.ONE_TIME, forever)).isFalse();
    assertThat(redeem(KeyKind.ONE_TIME, once)).isTrue();
  }

  @Test
  void aKeyOfOneRoomIsNoneOfAnother() {
    JoinKey once = issue(KeyKind.ONE_TIME);
    JoinKey forever = issue(KeyKind.FOREVER);
    keys.issue(OTHER, KeyKind.ONE_TIME);
    assertThat(keys.redeem(OTHER, KeyKind.ONE_TIME, once, true)).isFalse();
    assertThat(keys.redeem(OTHER, KeyKind.FOREVER, forever, true)).isFalse();
    assertThat(redeem(KeyKind.ONE_TIME, once)).isTrue();
  }

  @Test
  void lookingAtAKeyDoesNotSpendIt() {
    JoinKey key = issue(KeyKind.ONE_TIME);
    assertThat(keys.redeem(ROOM, KeyKind.ONE_TIME, key, false)).isTrue();
    assertThat(redeem(KeyKind.ONE_TIME, key)).isTrue();
    assertThat(keys.redeem(ROOM, KeyKind.ONE_TIME, key, false)).isFalse();
  }

  @Test
  void aResetMakesEveryKeyWorthless() {
    JoinKey first = issue(KeyKind.ONE_TIME);
    JoinKey second = issue(KeyKind.ONE_TIME);
    JoinKey forever = issue(KeyKind.FOREVER);
    keys.reset(ROOM);
    assertThat(redeem(KeyKind.ONE_TIME, first)).isFalse();
    assertThat(redeem(KeyKind.ONE_TIME, second)).isFalse();
    assertThat(redeem(KeyKind.FOREVER, forever)).isFalse();
  }

  @Test
  void afterEachResetThereIsANewForeverKey() {
    List<JoinKey> seen = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      JoinKey key = issue(KeyKind.FOREVER);
      assertThat(redeem(KeyKind.FOREVER, key)).isTrue();
      seen.add(key);
      keys.reset(ROOM);
    }
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen).noneMatch(key -> redeem(KeyKind.FOREVER, key));
  }

  @Test
  void aResetOfOneRoomLeavesTheKeysOfAnother() {
    JoinKey once = issue(KeyKind.ONE_TIME);
    JoinKey forever = issue(KeyKind.FOREVER);
    keys.reset(OTHER);
    assertThat(redeem(KeyKind.ONE_TIME, once)).isTrue();
    assertThat(redeem(KeyKind.FOREVER, forever)).isTrue();
  }

  @Test
  void noMoreUnusedOneTimeKeysAreIssuedThanTheLimit() {
    List<JoinKey> issued = new ArrayList<>();
    for (int i = 0; i < LIMIT; i++) {
      issued.add(issue(KeyKind.ONE_TIME));
    }
    assertThat(keys.issue(ROOM, KeyKind.ONE_TIME)).isEmpty();
    assertThat(keys.issue(ROOM, KeyKind.FOREVER)).isPresent();
    assertThat(keys.issue(OTHER, KeyKind.ONE_TIME)).isPresent();
    assertThat(redeem(KeyKind.ONE_TIME, issued.get(1))).isTrue();
    assertThat(keys.issue(ROOM, KeyKind.ONE_TIME)).isPresent();
    assertThat(keys.issue(ROOM, KeyKind.ONE_TIME)).isEmpty();
    keys.reset(ROOM);
    assertThat(keys.issue(ROOM, KeyKind.ONE_TIME)).isPresent();
  }

  @Test
  void theForeverKeyIsDerivedWithTheNumberOfResets() {
    List<Long> asked = new ArrayList<>();
    JoinKeys counted =
        new JoinKeys(
            LIMIT,
            random,
            (room, resets) -> {
              asked.add(resets);
              return random.joinKey();
            });
    for (int i = 0; i < 3; i++) {
      counted.issue(ROOM, KeyKind.FOREVER);
      counted.redeem(ROOM, KeyKind.FOREVER, random.joinKey(), true);
      counted.reset(ROOM);
    }
    assertThat(asked).containsExactly(0L, 0L, 1L, 1L, 2L, 2L);
  }

  @Test
  void aKeyWhoseDigestHashesAsThatOfAnotherIsNotThatOne() {
    JoinKey issued = new JoinKey(HASHING_ALIKE.get(0));
    JoinKey other = new JoinKey(HASHING_ALIKE.get(1));
    assertThat(issued).hasSameHashCodeAs(other).isNotEqualTo(other);
    byte[] bytes = bytesFor(HASHING_ALIKE.get(0));
    JoinKeys foreseen =
        new JoinKeys(
            LIMIT,
            new RandomTokens(drawn -> System.arraycopy(bytes, 0, drawn, 0, drawn.length)),
            new HmacKeyDerivation(secret));
    assertThat(foreseen.issue(ROOM, KeyKind.ONE_TIME)).contains(issued);
    assertThat(foreseen.redeem(ROOM, KeyKind.ONE_TIME, other, true)).isFalse();
    assertThat(foreseen.redeem(ROOM, KeyKind.ONE_TIME, issued, true)).isTrue();
  }

  /** Returns what {@code key} is drawn from. */
  private static byte[] bytesFor(String key) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    byte[] bytes = new byte[key.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) alphabet.indexOf(key.charAt(i));
    }
    return bytes;
  }

  @Test
  void nothingOfAForgottenRoomIsKept() {
    JoinKey once = issue(KeyKind.ONE_TIME);
    keys.reset(OTHER);
    assertThat(keys.rooms()).isEqualTo(2);
    keys.forget(ROOM);
    keys.forget(OTHER);
    keys.forget(new RoomId("N".repeat(32)));
    assertThat(keys.rooms()).isZero();
    assertThat(redeem(KeyKind.ONE_TIME, once)).isFalse();
  }

  @Test
  void askingForARoomThatNobodyKnowsKeepsNothing() {
    assertThat(redeem(KeyKind.ONE_TIME, random.joinKey())).isFalse();
    assertThat(redeem(KeyKind.FOREVER, random.joinKey())).isFalse();
    assertThat(keys.rooms()).isZero();
  }

  @Test
  void noKeyIsKept() throws ReflectiveOperationException {
    JoinKey once = issue(KeyKind.ONE_TIME);
    JoinKey forever = issue(KeyKind.FOREVER);
    keys.redeem(ROOM, KeyKind.FOREVER, forever, true);
    keys.redeem(ROOM, KeyKind.ONE_TIME, once, false);
    List<String> texts = textsWithin(keys);
    assertThat(texts).contains(ROOM.value());
    assertThat(texts).noneMatch(text -> text.contains(once.value()));
    assertThat(texts).noneMatch(text -> text.contains(forever.value()));
  }

  /** Every string, and every array of bytes or characters as a string, that can be reached. */
  private static List<String> textsWithin(Object root) throws ReflectiveOperationException {
    List<String> texts = new ArrayList<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> queue = new ArrayDeque<>(List.of(root));
    while (!queue.isEmpty()) {
      Object object = queue.remove();
      if (!seen.add(object)) {
        continue;
      }
      if (object instanceof String text) {
        texts.add(text);
      } else if (object instanceof byte[] bytes) {
        texts.add(new String(bytes, StandardCharsets.ISO_8859_1));
      } else if (object instanceof char[] chars) {
        texts.add(new String(chars));
      } else {
        queue.addAll(children(object));
      }
    }
    return texts;
  }

  private static List<Object> children(Object object) throws ReflectiveOperationException {
    List<Object> children = new ArrayList<>();
    if (object instanceof Map<?, ?> map) {
      children.addAll(new HashMap<>(map).keySet());
      children.addAll(map.values());
    } else if (object instanceof Collection<?> collection) {
      children.addAll(collection);
    } else if (object instanceof Object[]) {
      for (int i = 0; i < Array.getLength(object); i++) {
        children.add(Array.get(object, i));
      }
    } else {
      // The JDK's own objects are closed to reflection; what is in them is none of ours.
      for (Class<?> type = object.getClass();
          type != null && !type.getName().startsWith("java.");
          type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
            field.setAccessible(true);
            children.add(field.get(object));
          }
        }
      }
    }
    children.removeIf(child -> child == null);
    return children;
  }
}
