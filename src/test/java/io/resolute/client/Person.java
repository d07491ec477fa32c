package io.resolute.client;

import io.resolute.client.Party.Seat;
import io.resolute.client.Party.Shown;
import java.util.Optional;

/** Somebody in a conversation, and what it must be told. */
final class Person {
  private final Party party;
  private final Seat seat;
  private final String name;
  private Events expected = new Events();

  Person(Party party, Seat seat, String name) {
    this.party = party;
    this.seat = seat;
    this.name = name;
  }

  Party party() {
    return party;
  }

  Seat seat() {
    return seat;
  }

  String name() {
    return name;
  }

  Shown shown() {
    return new Shown(seat.userId(), name, "VERIFIED");
  }

  /** Has it expect an event about somebody, after all others about the same one. */
  void expect(String about, String event) {
    expected.add(about, event);
  }

  /** Waits for as many events as are expected, and compares. */
  void check() {
    Events told = new Events();
    Optional<String> event = Optional.of("");
    while (event.isPresent() && told.count() < expected.count()) {
      event = next();
      event.ifPresent(told::add);
    }
    told.check(this, expected);
    expected = new Events();
  }

  /** Waits for the next event, which is nothing if there is none in time. */
  Optional<String> next() {
    try {
      return Optional.ofNullable(seat.told().poll());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String toString() {
    return name.replaceFirst("(?s)-.*", "") + " (" + seat.getClass().getSimpleName() + ")";
  }
}
