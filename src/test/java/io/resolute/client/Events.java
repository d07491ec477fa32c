package io.resolute.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody is told, of each other person in order, while nobody says in which order different
 * people are heard. What is wrong with it is said on one line.
 */
final class Events {
  private static final int SHOWN = 60;

  private final Map<String, List<String>> byPerson = new LinkedHashMap<>();

  /** Adds an event about somebody, after all others about the same one. */
  void add(String about, String event) {
    byPerson.computeIfAbsent(about, unknown -> new ArrayList<>()).add(event);
  }

  /** Adds an event about the one whose name it begins with. */
  void add(String event) {
    add(event.replaceFirst("(?s)[ :].*", ""), event);
  }

  int count() {
    return byPerson.values().stream().mapToInt(List::size).sum();
  }

  /** Returns the names of those whom it is about. */
  Set<String> people() {
    return byPerson.keySet();
  }

  List<String> of(String person) {
    return byPerson.getOrDefault(person, List.of());
  }

  /** Fails if this is not what was expected. */
  void check(Person listener, Events expected) {
    Set<String> people = new LinkedHashSet<>(expected.people());
    people.addAll(people());
    people.forEach(one -> check(listener, one, of(one), expected.of(one)));
  }

  /** Fails if this is not what was expected of one person. */
  static void check(Person listener, String about, List<String> told, List<String> expected) {
    if (!told.equals(expected)) {
      int same = 0;
      while (same < told.size() && same < expected.size() && is(told, expected, same)) {
        same++;
      }
      String then = same + " events, " + shown(told, same) + " and not " + shown(expected, same);
      throw new AssertionError(listener + " was told of " + about + ", after " + then);
    }
  }

  private static boolean is(List<String> told, List<String> expected, int index) {
    return told.get(index).equals(expected.get(index));
  }

  private static String shown(List<String> events, int index) {
    return index < events.size() ? shown(events.get(index)) : "nothing";
  }

  /** Returns a text of whatever signs as its beginning on one line, with its length. */
  private static String shown(String event) {
    String begin = event.substring(0, Math.min(SHOWN, event.length()));
    return "«" + begin.replaceAll("[\\p{C}\\p{Z}]+", " ") + "» (" + event.length() + ")";
  }

  /** Returns all of it, on one line. */
  @Override
  public String toString() {
    List<String> all = new ArrayList<>();
    byPerson.values().forEach(events -> events.forEach(event -> all.add(shown(event))));
    return all.isEmpty() ? "nothing" : String.join(", ", all);
  }
}
