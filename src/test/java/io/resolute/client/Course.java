package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.resolute.client.Party.Seat;
import io.resolute.client.Party.Sent;
import io.resolute.protocol.ClientPacket.KeyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * One conversation: people of whatever clients come, go and talk as a seed has it, and after each
 * step each of them must have been told just what it had to be, and see just who is there.
 */
final class Course {
  private static final int MAX_MEMBERS = 6;
  private static final int MIN_STEPS = 5;
  private static final int STEPS = 5;
  private static final int BURST = 5;

  private final Random random;
  private final List<Party> outside;
  private final People people = new People();
  private final String name;
  private final List<Runnable> atTheEnd = new ArrayList<>();
  private String link;
  private int named;
  private String step = "the beginning";

  /**
   * Opens the room.
   *
   * @param parties who may be in it
   */
  Course(long seed, List<Party> parties) {
    random = new Random(seed);
    name = "room " + seed + " " + Texts.of(random.nextInt(400), random);
    outside = new ArrayList<>(parties);
    Party owner = outsider();
    String username = newName();
    people.enter(new Person(owner, owner.create(name, username), username));
    link = owner().invite(KeyKind.FOREVER);
  }

  /** Goes through with it. */
  void run() {
    try {
      join();
      people.check();
      int steps = MIN_STEPS + random.nextInt(STEPS);
      for (int i = 0; i < steps; i++) {
        step();
        people.check();
      }
      end();
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError("at " + step + ": " + failure.getMessage(), failure);
    }
  }

  private void step() {
    switch (random.nextInt(9)) {
      case 0, 1 -> join();
      case 2 -> leave();
      case 3 -> reset();
      case 4 -> comeBack();
      case 5, 6 -> storm();
      default -> talk();
    }
  }

  private void join() {
    step = "joining";
    if (people.size() == MAX_MEMBERS) {
      return;
    }
    boolean once = random.nextBoolean();
    String way = once ? owner().invite(KeyKind.ONE_TIME) : link;
    enter(outsider(), way);
    if (once && random.nextInt(4) == 0) {
      Party late = outsider();
      assertThatThrownBy(() -> late.join(way, "late")).hasMessage("bad-key");
      outside.add(late);
    }
  }

  private void enter(Party party, String way) {
    String username = newName();
    Seat seat = party.join(way, username);
    assertThat(seat.name()).isEqualTo(name);
    people.all().forEach(one -> one.expect(username, username + " joined VERIFIED"));
    people.enter(new Person(party, seat, username));
  }

  private void leave() {
    step = "leaving";
    if (people.size() > 1) {
      Person leaver = anyButTheOwner();
      leaver.seat().leave();
      outside.add(leaver.party());
      people.leave(leaver);
      people.all().forEach(one -> one.expect(leaver.name(), leaver.name() + " left"));
    }
  }

  private void reset() {
    step = "resetting the keys";
    String old = link;
    owner().resetKeys();
    link = owner().invite(KeyKind.FOREVER);
    Party late = outsider();
    assertThatThrownBy(() -> late.join(old, "late")).hasMessage("bad-key");
    outside.add(late);
    talk();
  }

  /** Somebody leaves, and is there again at once, as somebody else. */
  private void comeBack() {
    step = "coming back";
    if (people.size() > 1) {
      leave();
      enter(outside.remove(outside.size() - 1), link);
      people.check();
      talk();
    }
  }

  private void talk() {
    step = "talking";
    List<CompletableFuture<Void>> done = new ArrayList<>();
    int times = 1 + random.nextInt(BURST);
    for (int i = 0; i < times; i++) {
      Person speaker = any();
      if (people.size() > 1 && random.nextInt(3) == 0) {
        done.add(whisper(speaker, anyBut(speaker)));
      } else {
        done.add(say(speaker));
      }
    }
    done.forEach(JavaParty::await);
  }

  private CompletableFuture<Void> say(Person speaker) {
    String text = Texts.any(random);
    List<Person> others = people.allBut(speaker);
    others.forEach(one -> one.expect(speaker.name(), speaker.name() + ": " + text));
    return speaker
        .seat()
        .say(text)
        .thenAccept(sent -> assertThat(sent).isEqualTo(new Sent(others.size(), List.of())));
  }

  private CompletableFuture<Void> whisper(Person speaker, Person listener) {
    String text = Texts.any(random);
    listener.expect(speaker.name(), speaker.name() + " to one: " + text);
    return speaker
        .seat()
        .sayTo(listener.seat().userId(), text)
        .thenAccept(sent -> assertThat(sent).isEqualTo(new Sent(1, List.of())));
  }

  /** All talk at once, while somebody comes in, and somebody leaves. */
  private void storm() {
    step = "talking while people come and go";
    if (people.size() < 2 || people.size() == MAX_MEMBERS) {
      talk();
      return;
    }
    Person leaver = anyButTheOwner();
    String newcomer = newName();
    Storm storm = new Storm(random, people, leaver);
    storm.blow(outsider(), link, newcomer);
    outside.add(leaver.party());
    atTheEnd.add(() -> storm.checkLeaver(newcomer));
  }

  private void end() {
    step = "ending";
    people.all().forEach(one -> JavaParty.await(say(one)));
    people.check();
    Person owner = people.owner();
    boolean closed = random.nextBoolean();
    if (closed) {
      owner.seat().end();
    } else {
      owner.seat().leave();
    }
    people.leave(owner);
    people.all().forEach(one -> one.expect("room", closed ? "room CLOSED" : "room OWNER_LEFT"));
    people.all().forEach(Person::check);
    atTheEnd.forEach(Runnable::run);
    people.checkThatNobodyWasToldMore();
  }

  private Seat owner() {
    return people.owner().seat();
  }

  private Party outsider() {
    return outside.remove(random.nextInt(outside.size()));
  }

  private Person any() {
    return people.all().get(random.nextInt(people.size()));
  }

  private Person anyBut(Person somebody) {
    List<Person> others = people.allBut(somebody);
    return others.get(random.nextInt(others.size()));
  }

  private Person anyButTheOwner() {
    return anyBut(people.owner());
  }

  /** One that nobody else has had in this room, without what {@link Person} tells apart by. */
  private String newName() {
    String rest = Texts.of(random.nextInt(40), random).replaceAll("[ :]", "");
    return "m" + ++named + "-" + rest + "-";
  }
}
