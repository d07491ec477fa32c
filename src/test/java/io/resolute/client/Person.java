package io.resolute.client;

import io.resolute.client.Party.Seat;
import io.resolute.client.Party.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody in a conversation, and what it must be told: of each other person in order, while nobody
 * says in which order different people are heard.
 *
 * @param expected by the name of the one that it is about
 */
record Person(Party party, Seat seat, String name, Map<String, List<String>> expected) {
  Person(Party party, Seat seat, String name) {
    this(party, seat, name, new LinkedHashMap<>());
  }

  Shown shown() {
    return new Shown(seat.userId(), name, "VERIFIED");
  }

  /** Has it expect an event about somebody, after all others about the same one. */
  void expect(String about, String event) {
    expected.computeIfAbsent(about, unknown -> new ArrayList<>()).add(event);
  }

  /** Waits for as many events as are expected, and compares. */
  void check() {
    int count = expected.values().stream().mapToInt(List::size).sum();
    Map<String, List<String>> told = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String event = await("\n" + brief(told) + "and not\n" + brief(expected));
      told.computeIfAbsent(aboutWhom(event), unknown -> new ArrayList<>()).add(event);
    }
    if (!told.equals(expected)) {
      throw new AssertionError(
          this + " was told\n" + brief(told) + "\nand not\n" + brief(expected));
    }
    expected.clear();
  }

  /** Waits for the next event. */
  String next() {
    return await("what was said before");
  }

  private String await(String before) {
    try {
      String event = seat.told().poll();
      if (event == null) {
        throw new AssertionError(this + " is told nothing after " + before);
      }
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String aboutWhom(String event) {
    return event.replaceFirst("(?s)[ :].*", "");
  }

  /** Long texts by their beginning. */
  static String brief(Map<String, List<String>> events) {
    StringBuilder all = new StringBuilder();
    events.forEach(
        (about, list) ->
            list.forEach(
                event ->
                    all.append(event, 0, Math.min(60, event.length()))
                        .append(" (" + event.length() + ")\n")));
    return all.toString();
  }

  @Override
  public String toString() {
    return name.replaceFirst("(?s)-.*", "") + ", " + seat.getClass().getSimpleName() + ",";
  }
}
