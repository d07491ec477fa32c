package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.Party.Seat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * All talk at once, while one comes in and another leaves, and nobody waits for anybody. Those who
 * stay hear everything. The one who leaves hears each of the others up to some message. The one who
 * comes in hears each from some message on, and before it is told that it cannot read those that
 * were under way before their sender knew of it.
 */
final class Storm {
  private static final int TEXTS = 4;

  private final Random random;
  private final People people;
  private final Person owner;
  private final Person leaver;
  private final Map<String, List<String>> said = new LinkedHashMap<>();

  Storm(Random random, People people, Person leaver) {
    this.random = random;
    this.people = people;
    this.owner = people.owner();
    this.leaver = leaver;
  }

  /** Has it happen, and what all who stay say afterwards. */
  void blow(Party party, String link, String name) {
    List<CompletableFuture<?>> done = new ArrayList<>();
    List<String> newcomerSays = texts(name);
    people.all().forEach(one -> done.addAll(talk(one.seat(), texts(one.name()))));
    List<Person> stayers = people.allBut(leaver);
    done.add(CompletableFuture.runAsync(leaver.seat()::leave));
    var entered =
        CompletableFuture.supplyAsync(
            () -> {
              Seat seat = party.join(link, name);
              talk(seat, newcomerSays).forEach(JavaParty::await);
              return seat;
            });
    stayers.forEach(one -> done.addAll(talk(one.seat(), texts(one.name()))));
    done.forEach(JavaParty::await);
    Person newcomer = new Person(party, JavaParty.await(entered), name);
    people.leave(leaver);
    people.enter(newcomer);

    for (Person one : stayers) {
      one.expect(name, name + " joined VERIFIED");
      said.forEach((who, texts) -> texts.forEach(text -> expect(one, who, text)));
      one.expect(leaver.name(), leaver.name() + " left");
    }
    // The newcomer can read those who know of it, which is when they have been told.
    stayers.forEach(Person::check);
    for (Person one : people.all()) {
      JavaParty.await(one.seat().say("calm"));
      stayers.forEach(other -> expect(other, one.name(), "calm"));
    }
    checkNewcomer(newcomer, stayers);
  }

  private static void expect(Person listener, String speaker, String text) {
    if (!listener.name().equals(speaker)) {
      listener.expect(speaker, speaker + ": " + text);
    }
  }

  private List<String> texts(String speaker) {
    List<String> texts =
        random.ints(1 + random.nextInt(TEXTS)).mapToObj(any -> Texts.any(random)).toList();
    said.computeIfAbsent(speaker, unknown -> new ArrayList<>()).addAll(texts);
    return texts;
  }

  private static List<CompletableFuture<?>> talk(Seat seat, List<String> texts) {
    List<CompletableFuture<?>> done = new ArrayList<>();
    texts.forEach(text -> done.add(seat.say(text)));
    return done;
  }

  private void checkNewcomer(Person newcomer, List<Person> stayers) {
    Events told = new Events();
    int calm = 0;
    while (calm < stayers.size()) {
      String event = newcomer.next().orElseThrow(() -> noCalm(newcomer, told));
      calm += event.endsWith(": calm") ? 1 : 0;
      told.add(event);
    }
    List<String> heard = new ArrayList<>(told.people());
    if (heard.remove(leaver.name())) {
      checkSuffix(newcomer, leaver.name(), told, leaver.name() + " left");
    }
    assertThat(heard)
        .as("whom %s hears", newcomer)
        .containsExactlyInAnyOrderElementsOf(stayers.stream().map(Person::name).toList());
    heard.forEach(who -> checkSuffix(newcomer, who, told, who + ": calm"));
  }

  private static AssertionError noCalm(Person newcomer, Events told) {
    return new AssertionError(newcomer + " waits for all to say calm, and was told " + told);
  }

  private void checkSuffix(Person newcomer, String who, Events told, String last) {
    List<String> events = told.of(who);
    String early = who + " UNKNOWN_KEY";
    int unread = (int) events.stream().takeWhile(early::equals).count();
    List<String> read = events.subList(unread, events.size());
    List<String> all = new ArrayList<>(events(who));
    assertThat(unread + read.size() - 1).isLessThanOrEqualTo(all.size());
    all.add(last);
    int missed = Math.max(0, all.size() - read.size());
    Events.check(newcomer, who, read, all.subList(missed, all.size()));
  }

  /** The one who left has heard each of the others up to some message, and nothing afterwards. */
  void checkLeaver(String newcomer) {
    leaver.party().settle(owner.party());
    Events told = new Events();
    while (leaver.seat().told().hasMore()) {
      leaver.next().ifPresent(told::add);
    }
    for (String who : told.people()) {
      List<String> all = new ArrayList<>();
      if (who.equals(newcomer)) {
        all.add(who + " joined VERIFIED");
      }
      all.addAll(events(who));
      List<String> events = told.of(who);
      int heard = Math.min(all.size(), events.size());
      Events.check(leaver, who, events, all.subList(0, heard));
    }
  }

  private List<String> events(String who) {
    return said.getOrDefault(who, List.of()).stream().map(text -> who + ": " + text).toList();
  }
}
