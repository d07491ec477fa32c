package io.resolute.client.cli;

import io.resolute.client.Member;
import io.resolute.protocol.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the members of a room are called on this terminal. A username is any text, and two members
 * may have the same: here each gets a harmless name that is and was nobody else's while this client
 * is in the room. Only those who cannot say anything here and have no name share one: a server may
 * name any number of them. Safe for use by several threads.
 */
final class Names {
  private static final String NAMELESS = "nameless";

  private final Map<UserId, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /** Starts with the name of this client itself. */
  Names(String own) {
    taken.add(NAMELESS);
    taken.add(key(SafeText.name(own)));
  }

  /** Returns what a member is called, always the same. */
  synchronized String of(Member member) {
    if (member.username().isEmpty() && !member.isReachable()) {
      return NAMELESS;
    }
    return names.computeIfAbsent(member.id(), id -> unused(wanted(member)));
  }

  /** Forgets a member that has left, but not its name: whoever comes back may be somebody else. */
  synchronized void forget(Member member) {
    names.remove(member.id());
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
