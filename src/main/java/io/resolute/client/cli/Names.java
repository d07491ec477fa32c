package io.resolute.client.cli;

import io.resolute.client.Member;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the members of a room, this client among them, are called on this terminal. A username is
 * any text, and two members may have the same: here each gets a harmless name that is and was
 * nobody else's while this client is in the room. Who came later has the higher number: if all ask
 * in the order of coming in, and nobody who has left had the name, all call everybody the same.
 * Only those who cannot say anything here and have no name share one: a server may name any number
 * of them. Safe for use by several threads.
 */
final class Names {
  private static final String NAMELESS = "nameless";

  // Not by id: somebody else may have the id of one who is gone, and must not be taken for that
  // one.
  private final Map<Member, String> names = new HashMap<>();
  private final Map<String, Member> members = new HashMap<>();
  private final Set<String> taken = new HashSet<>(Set.of(NAMELESS));

  /** Returns a name for this client itself. */
  synchronized String own(String username) {
    return unused(SafeText.name(username));
  }

  /** Returns what a member is called, always the same. */
  synchronized String of(Member member) {
    if (member.username().isEmpty() && !member.isReachable()) {
      return NAMELESS;
    }
    return names.computeIfAbsent(member, this::named);
  }

  /** Returns who is called so, in upper or lower case: nobody who was forgotten. */
  synchronized Optional<Member> memberOf(String name) {
    return Optional.ofNullable(members.get(key(name)));
  }

  /** Returns whether this is what those are called who cannot be told apart. */
  static boolean isShared(String name) {
    return key(name).equals(NAMELESS);
  }

  /** Forgets a member that has left, but not its name: whoever comes back may be somebody else. */
  synchronized void forget(Member member) {
    String name = names.remove(member);
    if (name != null) {
      members.remove(key(name));
    }
  }

  private String named(Member member) {
    String name = unused(wanted(member));
    members.put(key(name), member);
    return name;
  }

  private static String wanted(Member member) {
    // Who does not say who it is is nobody, whatever the server calls it.
    return member.username().isEmpty() ? NAMELESS : SafeText.name(member.username());
  }

  private String unused(String wanted) {
    String name = wanted;
    for (int number = 2; !taken.add(key(name)); number++) {
      name = wanted + "#" + number;
    }
    return name;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
