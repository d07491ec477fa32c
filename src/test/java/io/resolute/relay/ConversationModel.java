package io.resolute.relay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a relay answers and whom it tells, written from Client-API.md and from nothing of the
 * server. Ids and keys are names in angle quotes, since the server draws them. Texts are as they
 * stand between the quotes of JSON.
 */
final class ConversationModel {
  static final int ROOMS = 6;
  static final int ROOMS_PER_CONNECTION = 3;
  static final int MEMBERS = 3;
  static final int ONE_TIME_KEYS = 2;

  private static final String IN_ENOUGH_ROOMS =
      "you are in as many rooms as one connection may be in";

  /**
   * One frame that somebody gets.
   *
   * @param room which room's order it is in; empty for none
   * @param replyAddress where on the event bus it was asked for; null for elsewhere
   */
  record Frame(String room, @Nullable String replyAddress, String text) {}

  /** What was asked: who wants to tell answers apart has an id, or an address for the answer. */
  record Request(String cmd, @Nullable String id, @Nullable String replyAddress) {}

  /** A connection, and what it has yet to get. */
  static final class Person {
    private final List<Frame> expected = new ArrayList<>();
    private final String user;
    private final String publicKey;

    Person(String user, String publicKey) {
      this.user = user;
      this.publicKey = publicKey;
    }

    String user() {
      return user;
    }

    String publicKey() {
      return publicKey;
    }

    List<Frame> expected() {
      return expected;
    }
  }

  private static final class Room {
    private final String id;
    private final String name;
    private final Person owner;
    private final Map<Person, String> members = new LinkedHashMap<>();
    private final Set<String> oneTimeKeys = new HashSet<>();
    private int resets;
    private boolean hasHadKeys;

    Room(String id, String name, Person owner) {
      this.id = id;
      this.name = name;
      this.owner = owner;
    }

    String foreverKey() {
      return "«forever key " + resets + " of " + id.substring(1);
    }

    String users() {
      List<String> users = new ArrayList<>();
      members.forEach(
          (person, name) ->
              users.add(
                  "{\"user_id\":\"%s\",\"username\":\"%s\",\"public_key_string\":\"%s\"}"
                      .formatted(person.user, name, person.publicKey)));
      return String.join(",", users);
    }
  }

  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private final Map<String, Integer> seen = new LinkedHashMap<>();
  private int made;
  private int keys;

  List<String> rooms() {
    return List.copyOf(rooms.keySet());
  }

  long roomsWithKeys() {
    return rooms.values().stream().filter(room -> room.hasHadKeys).count();
  }

  /** Returns how many frames of every kind there were. */
  Map<String, Integer> seen() {
    return seen;
  }

  boolean isMember(Person person, String room) {
    return rooms.containsKey(room) && rooms.get(room).members.containsKey(person);
  }

  boolean isOwner(Person person, String room) {
    return rooms.containsKey(room) && rooms.get(room).owner.equals(person);
  }

  boolean opens(String room, boolean forever, String key) {
    Room there = rooms.get(room);
    return there != null
        && (forever ? key.equals(there.foreverKey()) : there.oneTimeKeys.contains(key));
  }

  /** Makes a room, and returns its id; empty if it may not. */
  String create(Person by, Request request, String name, String username, String clientRoomId) {
    if (isInEnoughRooms(by)) {
      fail(by, request, "limit-reached", IN_ENOUGH_ROOMS, null);
      return "";
    }
    if (rooms.size() == ROOMS) {
      fail(by, request, "limit-reached", "the server has no space for a room", null);
      return "";
    }
    Room room = new Room("«room " + ++made + "»", name, by);
    room.members.put(by, username);
    rooms.put(room.id, room);
    String answer =
        "\"room\":{\"room_id\":\"%s\",\"owner_id\":\"%s\",\"name\":\"%s\","
            + "\"one_time_join_keys\":[],\"forever_join_key\":\"\",\"users\":{}},"
            + "\"client_room_id\":\"%s\"";
    frame(by, request, "create-room", answer.formatted(room.id, by.user, name, clientRoomId), "");
    return room.id;
  }

  /** Makes or names a key, and returns it; empty if it may not. */
  String issue(Person by, Request request, String id, boolean forever) {
    List<String> issued = new ArrayList<>();
    asOwner(
        by,
        request,
        id,
        room -> {
          room.hasHadKeys = true;
          if (!forever && room.oneTimeKeys.size() == ONE_TIME_KEYS) {
            String msg = "the room has too many unused one-time keys";
            fail(by, request, "limit-reached", msg, id);
            return;
          }
          String key = forever ? room.foreverKey() : "«one-time key " + ++keys + "»";
          if (!forever) {
            room.oneTimeKeys.add(key);
          }
          String field = forever ? "forever_join_key" : "one_time_key";
          reply(by, request, request.cmd, id, ",\"%s\":\"%s\"".formatted(field, key));
          issued.add(key);
        });
    return issued.isEmpty() ? "" : issued.get(0);
  }

  void reset(Person by, Request request, String id) {
    asOwner(
        by,
        request,
        id,
        room -> {
          room.hasHadKeys = true;
          room.oneTimeKeys.clear();
          room.resets++;
          reply(by, request, request.cmd, id, "");
        });
  }

  void join(Person by, Request request, String id, boolean forever, String key, String username) {
    Room room = rooms.get(id);
    if (isMember(by, id)) {
      fail(by, request, "already-joined", "you are in this room", id);
    } else if (isInEnoughRooms(by)) {
      fail(by, request, "limit-reached", IN_ENOUGH_ROOMS, null);
    } else if (room == null || !opens(id, forever, key)) {
      fail(by, request, "bad-key", "no room is opened by this key", null);
    } else if (room.members.size() == MEMBERS) {
      fail(by, request, "limit-reached", "the room is full", null);
    } else {
      room.oneTimeKeys.remove(key);
      String users = room.users();
      String fields = ",\"room_name\":\"%s\",\"users\":[%s]".formatted(room.name, users);
      String joined = "\"data\":{\"user_id\":\"%s\",\"room_id\":\"%s\"%s}";
      frame(by, request, "joined", joined.formatted(by.user, id, fields), id);
      String event = forever ? "user-joined-forever" : "user-joined-onetime";
      String newcomer =
          ",\"room_name\":\"%s\",\"user_id\":\"%s\",\"username\":\"%s\",\"public_key\":\"%s\"";
      tell(room, by, event, newcomer.formatted(room.name, by.user, username, by.publicKey));
      room.members.put(by, username);
    }
  }

  void list(Person by, Request request, String id) {
    Room room = roomOf(by, request, id);
    if (room != null) {
      String fields =
          ",\"owner_id\":\"%s\",\"users\":[%s]".formatted(room.owner.user, room.users());
      reply(by, request, request.cmd, id, fields);
    }
  }

  /** Says something to everybody else, or to the user {@code to}. */
  void send(Person by, Request request, String id, @Nullable String to, String content) {
    Room room = roomOf(by, request, id);
    if (room == null) {
      return;
    }
    List<Person> recipients = new ArrayList<>(room.members.keySet());
    recipients.removeIf(person -> to == null ? person.equals(by) : !person.user.equals(to));
    if (to != null && recipients.isEmpty()) {
      fail(by, request, "no-such-member", "the room has no such member", id);
      return;
    }
    String message = ",\"user_id\":\"%s\",\"username\":\"%s\",\"content\":\"%s\"";
    String fields = message.formatted(by.user, room.members.get(by), content);
    recipients.forEach(person -> event(person, "send-message", id, fields));
    if (request.id != null || request.replyAddress != null) {
      reply(by, request, "message-sent", id, ",\"recipients\":" + recipients.size());
    }
  }

  void leave(Person by, Request request, String id) {
    Room room = roomOf(by, request, id);
    if (room != null) {
      reply(by, request, request.cmd, id, "");
      depart(room, by, "left");
    }
  }

  void close(Person by, Request request, String id) {
    asOwner(
        by,
        request,
        id,
        room -> {
          reply(by, request, request.cmd, id, "");
          end(room, "closed");
        });
  }

  /** Ends a connection, and returns the rooms that it was in. */
  List<String> disconnect(Person by) {
    List<String> left = rooms().stream().filter(room -> isMember(by, room)).toList();
    left.forEach(room -> depart(rooms.get(room), by, "disconnected"));
    return left;
  }

  private void depart(Room room, Person person, String reason) {
    if (room.owner.equals(person)) {
      end(room, "owner-left");
    } else {
      room.members.remove(person);
      tell(room, person, "user-left", ",\"user_id\":\"" + person.user + reason(reason));
    }
  }

  private void end(Room room, String reason) {
    rooms.remove(room.id);
    tell(room, room.owner, "room-closed", reason(reason).substring(1));
  }

  private static String reason(String reason) {
    return "\",\"reason\":\"" + reason + "\"";
  }

  private boolean isInEnoughRooms(Person person) {
    return rooms().stream().filter(room -> isMember(person, room)).count() == ROOMS_PER_CONNECTION;
  }

  private @Nullable Room roomOf(Person by, Request request, String id) {
    if (!isMember(by, id)) {
      fail(by, request, "not-found", "you are in no such room", null);
      return null;
    }
    return rooms.get(id);
  }

  private void asOwner(Person by, Request request, String id, Consumer<Room> step) {
    Room room = roomOf(by, request, id);
    if (room != null && !room.owner.equals(by)) {
      fail(by, request, "forbidden", "only the owner may do this", id);
    } else if (room != null) {
      step.accept(room);
    }
  }

  private void tell(Room room, Person except, String cmd, String fields) {
    for (Person person : room.members.keySet()) {
      if (!person.equals(except)) {
        event(person, cmd, room.id, fields);
      }
    }
  }

  private void event(Person to, String cmd, String room, String fields) {
    seen.merge(cmd, 1, Integer::sum);
    String text = "{\"cmd\":\"%s\",\"data\":{\"room_id\":\"%s\"%s}}";
    to.expected.add(new Frame(room, null, text.formatted(cmd, room, fields)));
  }

  private void reply(Person to, Request request, String cmd, String room, String fields) {
    String data = "\"data\":{\"room_id\":\"%s\"%s}".formatted(room, fields);
    frame(to, request, cmd, data, room);
  }

  private void fail(Person to, Request request, String code, String msg, @Nullable String room) {
    fail(to, request, request.cmd + "-error", code, msg, room);
  }

  /** An error under a {@code cmd} of its own. */
  void fail(
      Person to, Request request, String cmd, String code, String msg, @Nullable String room) {
    seen.merge(code + ": " + msg, 1, Integer::sum);
    String where = room == null ? "" : ",\"room_id\":\"" + room + "\"";
    String data = "\"data\":{\"code\":\"%s\",\"msg\":\"%s\"%s}".formatted(code, msg, where);
    frame(to, request, cmd, data, room == null ? "" : room);
  }

  /** An answer to a request. */
  void frame(Person to, Request request, String cmd, String rest, String room) {
    seen.merge(cmd, 1, Integer::sum);
    String id = request.id == null ? "" : "\"id\":\"" + request.id + "\",";
    String text = "{\"cmd\":\"%s\",%s%s}".formatted(cmd, id, rest);
    to.expected.add(new Frame(room, request.replyAddress, text));
  }
}
