package io.resolute.relay;

import static io.resolute.relay.ConversationModel.MEMBERS;
import static io.resolute.relay.ConversationModel.ONE_TIME_KEYS;
import static io.resolute.relay.ConversationModel.ROOMS;
import static io.resolute.relay.ConversationModel.ROOMS_PER_CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.resolute.RelayCounts;
import io.resolute.relay.ConversationModel.Frame;
import io.resolute.relay.ConversationModel.Person;
import io.resolute.relay.ConversationModel.Request;
import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random commands from several connections, some of them on the event bus, to a real server: every
 * frame that anybody gets is the one that {@link ConversationModel} says, byte for byte, and none
 * comes beside them. {@code -Dmodel.steps} and {@code -Dmodel.seed} ask for more, or for one again.
 */
class ConversationModelIT {
  private static final int STEPS = Integer.getInteger("model.steps", 300);
  private static final int PEOPLE = 6;
  private static final int KINDS = 45;
  private static final int KEYS_REMEMBERED = 40;
  private static final String NEVER_DRAWN = "A".repeat(32);
  private static final String CONFIG =
      "'limits':{'rooms':%d,'roomsPerConnection':%d,'membersPerRoom':%d,'oneTimeKeysPerRoom':%d}"
          .formatted(ROOMS, ROOMS_PER_CONNECTION, MEMBERS, ONE_TIME_KEYS);
  private static final String LIMITS =
      ("{'members_per_room':%d,'message':65536,'name':1024,'one_time_keys_per_room':%d,"
              + "'public_key':4096,'rooms_per_connection':%d,'username':1024}")
          .formatted(MEMBERS, ONE_TIME_KEYS, ROOMS_PER_CONNECTION)
          .replace('\'', '"');
  private static final List<String> PUBLIC_KEYS =
      List.of(Keys.PEM, "-----BEGIN A KEY-----\\nAAAA\\n-----END A KEY-----\\n");
  private static final List<String> TEXTS =
      List.of("", "bob", "Zoë 😀", "\\\"quoted\\\" \\\\ \\n", "x".repeat(1024));
  private static final List<String> IDS = List.of("", "1", "é", "y".repeat(64));

  /** One connection. */
  private final class Client {
    private final Person person;
    private final RawClient socket;
    private final boolean onBus;

    Client(int number) {
      onBus = number % 3 == 0;
      String publicKey = PUBLIC_KEYS.get(number % PUBLIC_KEYS.size());
      person = new Person("«user " + number + "»", publicKey);
      socket = RawClient.connect(server.port(), onBus ? "/eventbus/websocket" : "/v1");
    }

    String address() {
      return "resolute.connections.«address of " + person.user().substring(1);
    }

    Request request(String cmd) {
      String id = random.nextBoolean() ? any(IDS) : null;
      return new Request(cmd, id, onBus && random.nextBoolean() ? replyAddress() : null);
    }

    @Nullable String replyAddress() {
      return onBus ? "reply" + ++asked : null;
    }

    void ask(Request request, String data) {
      String id = request.id() == null ? "" : ",\"id\":\"" + request.id() + "\"";
      write(
          "{\"cmd\":\"%s\"%s,\"data\":{%s}}".formatted(request.cmd(), id, data),
          request.replyAddress());
    }

    void write(String packet, @Nullable String replyAddress) {
      log.add(person.user() + " " + packet.substring(0, Math.min(packet.length(), 200)));
      String text = bindings.fill(packet);
      String reply = replyAddress == null ? "" : ",\"replyAddress\":\"" + replyAddress + "\"";
      String send = "{\"type\":\"send\",\"address\":\"resolute.packets\"%s,\"body\":%s}";
      socket.send(onBus ? send.formatted(reply, text) : text);
    }

    String text(Frame frame) {
      String address = frame.replyAddress() == null ? address() : frame.replyAddress();
      String received = "{\"type\":\"rec\",\"address\":\"%s\",\"body\":%s}";
      return onBus ? received.formatted(address, frame.text()) : frame.text();
    }

    /** Takes what the model says that comes, of each room in its order. */
    void takeAll() {
      List<Frame> open = person.expected();
      while (!open.isEmpty()) {
        String actual = socket.nextText();
        Set<String> rooms = new HashSet<>();
        Optional<Frame> match =
            open.stream()
                .filter(frame -> rooms.add(frame.room()))
                .filter(frame -> bindings.matches(text(frame), actual))
                .findFirst();
        if (match.isEmpty()) {
          throw new AssertionError(
              person.user() + " expected one of " + open + " but got " + actual);
        }
        open.remove(match.get());
      }
    }
  }

  /** A way into a room, right or wrong. */
  private record Way(String room, boolean forever, String key) {}

  private final Map<Person, Client> clients = new LinkedHashMap<>();
  private final List<Way> issued = new ArrayList<>();
  private final List<String> made = new ArrayList<>();
  private final List<String> users = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private Bindings bindings = new Bindings();
  private ConversationModel model = new ConversationModel();
  private Random random = new Random();
  private TestServer server;
  private int connected;
  private int asked;

  @Test
  void everyFrameIsTheOneThatTheModelSays() {
    Long seed = Long.getLong("model.seed");
    long[] seeds = seed == null ? LongStream.rangeClosed(1, 4).toArray() : new long[] {seed};
    Map<String, Integer> seen = new TreeMap<>();
    try (TestServer started = TestServer.start(CONFIG)) {
      server = started;
      for (long each : seeds) {
        converse(each);
        model.seen().forEach((kind, count) -> seen.merge(kind, count, Integer::sum));
      }
    }
    if (seed == null) {
      assertThat(seen).as("kinds of frames").hasSizeGreaterThanOrEqualTo(KINDS);
    }
  }

  private void converse(long seed) {
    random = new Random(seed);
    model = new ConversationModel();
    bindings = new Bindings();
    List.of(issued, made, users, log).forEach(Collection::clear);
    connected = 0;
    int step = 0;
    try {
      while (step++ < STEPS) {
        while (clients.size() < PEOPLE) {
          connect();
        }
        step();
        awaitCounts();
      }
      clients.values().forEach(client -> assertThat(client.socket.hasNoFrame()).isTrue());
      while (!clients.isEmpty()) {
        disconnect(any(clients.values()));
      }
      awaitCounts();
    } catch (AssertionError | RuntimeException e) {
      List<String> last = log.subList(Math.max(0, log.size() - 12), log.size());
      String steps =
          "-Dmodel.seed=%d, step %d, after%n%s".formatted(seed, step, String.join("\n", last));
      throw new AssertionError(steps + "\n" + e.getMessage(), e);
    }
  }

  private void connect() {
    Client client = new Client(++connected);
    clients.put(client.person, client);
    users.add(client.person.user());
    hello(client, new Request("hello", "h", client.replyAddress()));
    client.takeAll();
    if (client.onBus) {
      String register = "{\"type\":\"register\",\"address\":\"%s\"}";
      client.socket.send(bindings.fill(register.formatted(client.address())));
    }
  }

  private void hello(Client client, Request request) {
    String address = client.onBus ? ",\"address\":\"" + client.address() + "\"" : "";
    String data =
        "\"data\":{\"version\":1,\"user_id\":\"%s\"%s,\"limits\":%s,\"features\":[\"event-bus\"]}";
    client.ask(request, "\"client\":\"\",\"versions\":[0,1]");
    model.frame(
        client.person, request, "hello", data.formatted(client.person.user(), address, LIMITS), "");
  }

  private void step() {
    Client by = any(clients.values());
    switch (random.nextInt(40)) {
      case 0, 1, 2 -> settle(by, List.of(create(by)));
      case 3, 4, 5, 6, 7 -> issue(by, false);
      case 8, 9 -> issue(by, true);
      case 10, 11, 12, 13, 14, 15, 16, 17, 18 -> join(by);
      case 19, 20 -> inRoom(by, "reset-room-keys", room(r -> model.isOwner(by.person, r)));
      case 21, 22, 23, 24, 25, 26, 27, 28, 29 -> send(by);
      case 30 -> inRoom(by, "list-members", room(r -> model.isMember(by.person, r)));
      case 31, 32, 33 -> inRoom(by, "leave-room", room(r -> isGuest(by.person, r)));
      case 34 -> inRoom(by, "close-room", room(r -> model.isMember(by.person, r)));
      case 35 -> {
        hello(by, by.request("hello"));
        settle(by, List.of());
      }
      case 36, 37, 38 -> wrong(by);
      default -> disconnect(by);
    }
  }

  private boolean isGuest(Person person, String room) {
    return model.isMember(person, room) && !model.isOwner(person, room);
  }

  /** Does what needs no more than a room. */
  private void inRoom(Client by, String cmd, String room) {
    Request request = by.request(cmd);
    by.ask(request, "\"room_id\":\"" + room + "\"");
    switch (cmd) {
      case "reset-room-keys" -> model.reset(by.person, request, room);
      case "list-members" -> model.list(by.person, request, room);
      case "leave-room" -> model.leave(by.person, request, room);
      default -> model.close(by.person, request, room);
    }
    settle(by, List.of(room));
  }

  /** Takes what everybody is to get, and then asks each who is in the rooms, so that all came. */
  private void settle(Client first, List<String> rooms) {
    List<Client> all = new ArrayList<>(List.of(first));
    clients.values().stream().filter(client -> !client.equals(first)).forEach(all::add);
    all.forEach(Client::takeAll);
    for (String room : rooms) {
      if (room.startsWith("«")) {
        list(List.of(first), room);
        list(all.subList(1, all.size()), room);
      }
    }
  }

  private void list(List<Client> all, String room) {
    for (Client client : all) {
      Request request = new Request("list-members", "l", client.replyAddress());
      client.ask(request, "\"room_id\":\"" + room + "\"");
      model.list(client.person, request, room);
    }
    all.forEach(Client::takeAll);
  }

  private String create(Client by) {
    Request request = by.request("create-room");
    String name = any(TEXTS);
    String username = any(TEXTS);
    String data =
        "\"name\":\"%s\",\"username\":\"%s\",\"client_room_id\":\"%s\",\"public_key_string\":\"%s\"";
    by.ask(request, data.formatted(name, username, name, by.person.publicKey()));
    String room = model.create(by.person, request, name, username, name);
    if (!room.isEmpty()) {
      made.add(room);
    }
    return room;
  }

  private void issue(Client by, boolean forever) {
    String room = room(r -> model.isOwner(by.person, r));
    Request request = by.request(forever ? "room-key-forever" : "room-key-onetime");
    by.ask(request, "\"room_id\":\"" + room + "\"");
    String key = model.issue(by.person, request, room, forever);
    if (!key.isEmpty()) {
      Way way = new Way(room, forever, key);
      issued.remove(way);
      issued.add(way);
    }
    settle(by, List.of(room));
  }

  private void join(Client by) {
    join(by, way(by.person));
  }

  private void join(Client by, Way way) {
    boolean forever = way.forever();
    String username = any(TEXTS);
    Request request = by.request(forever ? "join-room-forever" : "join-room-onetime");
    String data = "\"room_id\":\"%s\",\"%s\":\"%s\",\"username\":\"%s\",\"public_key\":\"%s\"";
    String field = forever ? "forever_key" : "one_time_key";
    by.ask(request, data.formatted(way.room(), field, way.key(), username, by.person.publicKey()));
    model.join(by.person, request, way.room(), forever, way.key(), username);
    settle(by, List.of(way.room()));
  }

  private void send(Client by) {
    String room = room(r -> model.isMember(by.person, r));
    Request request = by.request("send-message");
    String content = any(TEXTS);
    String to =
        switch (random.nextInt(6)) {
          case 0, 1 -> null;
          case 2 -> by.person.user();
          case 3 -> any(List.of("", "nobody", NEVER_DRAWN, any(users)));
          default -> anyIn(room).user();
        };
    String recipient = to == null ? "" : ",\"to_user_id\":\"" + to + "\"";
    by.ask(request, "\"room_id\":\"%s\"%s,\"content\":\"%s\"".formatted(room, recipient, content));
    model.send(by.person, request, room, to, content);
    settle(by, List.of(room));
  }

  private void wrong(Client by) {
    WrongFrame frame = any(WrongFrame.ALL);
    if (!by.onBus || frame.onBusToo()) {
      Request request = frame.request(random.nextBoolean() ? by.replyAddress() : null);
      by.write(frame.text(), request.replyAddress());
      model.fail(by.person, request, frame.cmd(), frame.code(), frame.msg(), null);
      settle(by, List.of());
    }
  }

  private void disconnect(Client by) {
    log.add(by.person.user() + " disconnects");
    clients.remove(by.person);
    if (random.nextBoolean()) {
      by.socket.close();
    } else {
      by.socket.abort();
    }
    List<String> rooms = model.disconnect(by.person);
    awaitCounts();
    if (!clients.isEmpty()) {
      settle(any(clients.values()), rooms);
    }
  }

  private void awaitCounts() {
    int rooms = model.rooms().size();
    var expected = new RelayCounts(clients.size(), rooms, (int) model.roomsWithKeys());
    if (!server.counts().equals(expected)) {
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .untilAsserted(() -> assertThat(server.counts()).isEqualTo(expected));
    }
  }

  /** Mostly one that makes sense; else another, one that was, or one that never was. */
  private String room(Predicate<String> makesSense) {
    List<String> sensible = model.rooms().stream().filter(makesSense).toList();
    int choice = random.nextInt(16);
    if (choice < 11 && !sensible.isEmpty()) {
      return any(sensible);
    }
    if (choice < 14 && !model.rooms().isEmpty()) {
      return any(model.rooms());
    }
    return choice == 14 && !made.isEmpty()
        ? any(made)
        : any(List.of(NEVER_DRAWN, "", "short", "é".repeat(32), "A".repeat(33)));
  }

  private Person anyIn(String room) {
    List<Person> there =
        clients.keySet().stream().filter(person -> model.isMember(person, room)).toList();
    return any(there.isEmpty() ? clients.keySet() : there);
  }

  /** Mostly one that is open, else one that was, or a key for something else. */
  private Way way(Person person) {
    List<Way> old = issued.subList(Math.max(0, issued.size() - KEYS_REMEMBERED), issued.size());
    List<Way> there = old.stream().filter(way -> model.rooms().contains(way.room())).toList();
    List<Way> right =
        there.stream()
            .filter(way -> !model.isMember(person, way.room()))
            .filter(way -> model.opens(way.room(), way.forever(), way.key()))
            .toList();
    List<Way> late =
        there.stream().filter(way -> !model.opens(way.room(), way.forever(), way.key())).toList();
    int choice = random.nextInt(16);
    if (choice < 8 && !right.isEmpty()) {
      return any(right);
    }
    if (choice < 11 && !late.isEmpty()) {
      return any(late);
    }
    if (choice < 13 && !there.isEmpty()) {
      Way way = any(there);
      return new Way(way.room(), !way.forever(), way.key());
    }
    String key =
        choice < 15 && !old.isEmpty()
            ? any(old).key()
            : any(List.of(NEVER_DRAWN, "", "short", "-".repeat(32), "A".repeat(33)));
    return new Way(room(room -> !model.isMember(person, room)), random.nextBoolean(), key);
  }

  private <T> T any(Collection<T> several) {
    return List.copyOf(several).get(random.nextInt(several.size()));
  }
}
