package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.Party.Shown;
import java.util.ArrayList;
import java.util.List;

/** Who is in a conversation, and who was; the owner comes first. */
final class People {
  private final List<Person> present = new ArrayList<>();
  private final List<Person> gone = new ArrayList<>();

  void enter(Person person) {
    present.add(person);
  }

  void leave(Person person) {
    present.removeIf(one -> one.name().equals(person.name()));
    gone.add(person);
  }

  int size() {
    return present.size();
  }

  Person owner() {
    return present.get(0);
  }

  List<Person> all() {
    return List.copyOf(present);
  }

  List<Person> allBut(Person somebody) {
    return present.stream().filter(one -> !one.name().equals(somebody.name())).toList();
  }

  /** All have been told what they must, see the same people, and the same safety number. */
  void check() {
    present.forEach(Person::check);
    String number = owner().seat().safetyNumber();
    for (Person person : present) {
      List<Shown> others = allBut(person).stream().map(Person::shown).toList();
      assertThat(person.seat().members())
          .as("those whom %s sees", person)
          .containsExactlyElementsOf(others);
      assertThat(person.seat().safetyNumber()).as("of %s", person).isEqualTo(number);
    }
  }

  /** To be asked once all have been told all. */
  void checkThatNobodyWasToldMore() {
    present.forEach(one -> assertThat(one.seat().told().hasMore()).as("%s", one).isFalse());
    gone.forEach(one -> assertThat(one.seat().told().hasMore()).as("%s", one).isFalse());
  }
}
