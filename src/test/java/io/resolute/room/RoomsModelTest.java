package io.resolute.room;

import static io.resolute.room.People.ROOM;
import static io.resolute.room.People.by;
import static io.resolute.room.People.connection;
import static io.resolute.room.People.creation;
import static io.resolute.room.People.entry;
import static io.resolute.room.People.room;
import static io.resolute.room.People.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.resolute.bus.ConnectionId;
import io.resolute.bus.Origin;
import io.resolute.protocol.ClientPacket.CloseRoom;
import io.resolute.protocol.ClientPacket.JoinRoom;
import io.resolute.protocol.ClientPacket.LeaveRoom;
import io.resolute.protocol.ClientPacket.ListMembers;
import io.resolute.protocol.ClientPacket.SendMessage;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.ServerPacket.Joined;
import io.resolute.protocol.ServerPacket.Members;
import io.resolute.protocol.ServerPacket.RoomCreated;
import io.resolute.room.Rooms.Seat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random steps against a model: what a gateway counts, and who is where as the frames say it. A
 * gateway's count of a room is always the membership and the joins under way, no more and no less.
 */
class RoomsModelTest {
  private static final int STEPS = 10_000;
  private static final int PEOPLE = 8;
  private static final int CAPACITY = 5;
  private static final int MEMBERS = 4;
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  /** A join whose key is being checked. */
  private record Pending(String name, Origin origin, JoinRoom packet, Seat seat) {}

  /** What a gateway knows of one of its connections. */
  private static final class Person {
    private final String name;
    private final Map<RoomId, Integer> held = new HashMap<>();
    private final Set<RoomId> in = new HashSet<>();

    Person(String name) {
      this.name = name;
    }
  }

  private final Semaphore capacity = new Semaphore(CAPACITY);
  private final Map<ConnectionId, Person> people = new HashMap<>();
  private final List<Pending> pending = new ArrayList<>();
  private final List<RoomId> made = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final Rooms rooms = new Rooms(MEMBERS, LIFETIME, capacity, () -> now);
  private Random random = new Random();
  private int joins;
  private int count;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyCreateAndJoinThatWasLetThroughIsReleasedOnce(long seed) {
    random = new Random(seed);
    made.add(room("nowhere"));
    for (int i = 0; i < STEPS; i++) {
      while (people.size() < PEOPLE) {
        String name = "p" + count++;
        people.put(connection(name), new Person(name));
      }
      step();
      assertHeldIsBalanced();
    }
    assertThat(joins).isGreaterThan(STEPS / 20);
    List.copyOf(people.values()).forEach(this::disconnect);
    while (!pending.isEmpty()) {
      answerOne();
    }
    assertThat(rooms.size()).isZero();
    assertThat(rooms.expired()).isEmpty();
    assertThat(capacity.availablePermits()).isEqualTo(CAPACITY);
  }

  @Test
  void theModelNoticesAReleaseTooFew() {
    Person ann = new Person("ann");
    people.put(connection("ann"), ann);
    hold(ann, ROOM);
    deliver(rooms.create(by("ann"), ROOM, creation("ann")));
    rooms.leave(by("ann"), new LeaveRoom(ROOM));
    assertThatExceptionOfType(AssertionError.class).isThrownBy(this::assertHeldIsBalanced);
  }

  private void step() {
    Person person = any(List.copyOf(people.values()));
    RoomId room = anyRoom();
    Origin origin = by(person.name);
    switch (random.nextInt(16)) {
      case 0, 1 -> create(person);
      case 2, 3, 4, 5 -> beginJoin(person, room);
      case 6, 7, 8, 9 -> answerOne();
      case 10 -> deliver(rooms.send(origin, new SendMessage(room, null, "hi")));
      case 11 ->
          deliver(
              rooms.send(
                  origin,
                  new SendMessage(room, user(any(List.copyOf(people.values())).name), "hi")));
      case 12 -> deliver(rooms.leave(origin, new LeaveRoom(room)));
      case 13 -> close(origin, room);
      case 14 -> disconnect(person);
      default -> expire();
    }
  }

  /** Mostly a room that is there; else one that was, or could not be made, or never was. */
  private RoomId anyRoom() {
    List<RoomId> there = made.stream().filter(rooms::contains).toList();
    return there.isEmpty() || random.nextInt(8) == 0 ? any(made) : any(there);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static void hold(Person person, RoomId room) {
    person.held.merge(room, 1, Integer::sum);
  }

  private void create(Person person) {
    RoomId room = room("r" + count++);
    made.add(room);
    if (made.size() > 4 * CAPACITY) {
      made.removeIf(id -> !id.equals(room) && !rooms.contains(id));
    }
    hold(person, room);
    deliver(rooms.create(by(person.name), room, creation(person.name)));
  }

  private void beginJoin(Person person, RoomId room) {
    hold(person, room);
    Origin origin = by(person.name);
    JoinRoom packet = entry(room, person.name);
    Seat seat = rooms.reserve(origin, room);
    if (seat == Seat.TAKEN) {
      deliver(rooms.refuseTaken(origin, packet));
    } else {
      pending.add(new Pending(person.name, origin, packet, seat));
    }
  }

  /** The keeper of keys answers any of the joins under way, or does not. */
  private void answerOne() {
    if (pending.isEmpty()) {
      return;
    }
    Pending join = pending.remove(random.nextInt(pending.size()));
    switch (random.nextInt(5)) {
      case 0 -> deliver(rooms.admit(join.origin(), join.packet(), join.seat(), false));
      case 1 -> deliver(rooms.abandon(join.origin(), join.packet(), join.seat()));
      default -> deliver(rooms.admit(join.origin(), join.packet(), join.seat(), true));
    }
  }

  private void close(Origin origin, RoomId room) {
    if (random.nextInt(4) == 0) {
      deliver(rooms.close(origin, new CloseRoom(room)));
    }
  }

  private void disconnect(Person person) {
    people.remove(connection(person.name));
    for (RoomId room : person.held.keySet()) {
      deliver(rooms.disconnect(room, user(person.name)));
    }
  }

  private void expire() {
    now = now.plusSeconds(random.nextInt(30));
    for (RoomId room : rooms.expired()) {
      deliver(rooms.expire(room));
    }
  }

  /** Does with each delivery what gateways and clients do with its frame. */
  private void deliver(List<Delivery> deliveries) {
    for (Delivery delivery : deliveries) {
      for (ConnectionId to : delivery.to()) {
        Person person = people.get(to);
        if (person == null) {
          assertThat(delivery.requestId()).as("an event for one who is gone").isNotNull();
        } else {
          receive(person, delivery);
        }
      }
    }
  }

  private void receive(Person person, Delivery delivery) {
    ServerPacket packet = delivery.packet();
    if (delivery.requestId() == null) {
      assertThat(person.in).as("an event before joined, or after the end").contains(roomOf(packet));
    }
    if (packet instanceof RoomCreated created) {
      assertThat(person.in.add(created.room())).isTrue();
    } else if (packet instanceof Joined joined) {
      joins++;
      assertThat(person.in.add(joined.room())).isTrue();
      assertThat(joined.users()).noneMatch(other -> other.id().equals(user(person.name)));
    } else if (packet instanceof ServerPacket.Done || packet instanceof ServerPacket.RoomClosed) {
      assertThat(person.in.remove(delivery.released())).isTrue();
    }
    if (delivery.released() != null) {
      assertThat(person.held.get(delivery.released())).as("a release too many").isNotNull();
      person.held.computeIfPresent(
          delivery.released(), (room, count) -> count == 1 ? null : count - 1);
    }
  }

  private static RoomId roomOf(ServerPacket packet) {
    if (packet instanceof ServerPacket.Message message) {
      return message.room();
    }
    if (packet instanceof ServerPacket.UserJoined joined) {
      return joined.room();
    }
    if (packet instanceof ServerPacket.UserLeft left) {
      return left.room();
    }
    return ((ServerPacket.RoomClosed) packet).room();
  }

  private void assertHeldIsBalanced() {
    Map<RoomId, Set<String>> expected = new HashMap<>();
    for (Person person : people.values()) {
      Map<RoomId, Integer> held = new HashMap<>();
      for (RoomId room : person.in) {
        held.merge(room, 1, Integer::sum);
        expected.computeIfAbsent(room, id -> new HashSet<>()).add(person.name);
      }
      for (Pending join : pending) {
        if (join.name().equals(person.name)) {
          held.merge(join.packet().room(), 1, Integer::sum);
        }
      }
      assertThat(person.held).isEqualTo(held);
    }
    assertThat(rooms.size()).isEqualTo(expected.size()).isLessThanOrEqualTo(CAPACITY);
    assertThat(capacity.availablePermits()).isEqualTo(CAPACITY - rooms.size());
    expected.forEach(this::assertMembers);
  }

  private void assertMembers(RoomId room, Set<String> names) {
    assertThat(names.size()).isLessThanOrEqualTo(MEMBERS);
    String somebody = names.iterator().next();
    Members members = (Members) rooms.list(by(somebody), new ListMembers(room)).get(0).packet();
    assertThat(members.users()).hasSameSizeAs(names);
    assertThat(members.users()).allMatch(user -> names.contains(user.username()));
  }
}
