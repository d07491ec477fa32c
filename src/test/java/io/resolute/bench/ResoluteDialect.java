package io.resolute.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * The protocol of Client-API.md.
 *
 * @param answered whether messages have an id, so that the server answers each of them; the relays
 *     that it is compared with do not
 */
record ResoluteDialect(boolean answered) implements Dialect {
  private static final byte[] COMMAND = ascii("{\"cmd\":\"send-message\",");
  private static final byte[] NO_ID = {};
  private static final String PUBLIC_KEY =
      "-----BEGIN PUBLIC KEY-----\nQkVOQ0g=\n-----END PUBLIC KEY-----\n";

  /** The kinds of join keys, as the commands call them. */
  enum Key {
    ONE_TIME("onetime", "one_time_key", "one_time_key"),
    FOREVER("forever", "forever_join_key", "forever_key");

    private final String command;
    private final String issued;
    private final String used;

    Key(String command, String issued, String used) {
      this.command = command;
      this.issued = issued;
      this.used = used;
    }
  }

  @Override
  public CompletableFuture<List<Seat>> open(
      Lane lane, URI uri, int room, int members, IntFunction<Hearer> hearers) {
    return new Room(lane, uri, hearers, answered).open(members);
  }

  /** Makes a room, and returns what the server says of it: {@code room_id}, {@code owner_id}. */
  static CompletableFuture<JsonNode> create(Session session) {
    return session
        .ask(
            "create-room",
            Session.data()
                .put("name", "bench")
                .put("username", "0")
                .put("client_room_id", "")
                .put("public_key_string", PUBLIC_KEY))
        .thenApply(reply -> reply.path("room"));
  }

  /** Returns a key that opens a room. */
  static CompletableFuture<String> issue(Session owner, String room, Key kind) {
    return owner
        .ask("room-key-" + kind.command, Session.data().put("room_id", room))
        .thenApply(reply -> reply.path("data").path(kind.issued).asText());
  }

  /** Joins a room, and returns the user id of the session. */
  static CompletableFuture<String> join(Session session, String room, Key kind, String key) {
    return session
        .ask(
            "join-room-" + kind.command,
            Session.data()
                .put("room_id", room)
                .put(kind.used, key)
                .put("username", "guest")
                .put("public_key", PUBLIC_KEY))
        .thenApply(reply -> reply.path("data").path("user_id").asText());
  }

  /** Returns what stands before the content of a message, and what after it. */
  static byte[][] frame(String room, String toMember) {
    String to = toMember.isEmpty() ? "" : "\"to_user_id\":\"" + toMember + "\",";
    String head = "\"data\":{\"room_id\":\"" + room + "\"," + to + "\"content\":\"";
    return new byte[][] {ascii(head), ascii("\"}}")};
  }

  /**
   * Sends a message, once the socket is flushed.
   *
   * @param frame of {@link #frame}
   */
  static void send(Socket socket, byte[][] frame, byte[] content) {
    send(socket, NO_ID, frame, content);
  }

  private static void send(Socket socket, byte[] id, byte[][] frame, byte[] content) {
    int length = COMMAND.length + id.length + frame[0].length + content.length + frame[1].length;
    ByteBuf message = socket.buffer(length).writeBytes(COMMAND).writeBytes(id);
    socket.send(message.writeBytes(frame[0]).writeBytes(content).writeBytes(frame[1]));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Room {
    private final Lane lane;
    private final URI uri;
    private final IntFunction<Hearer> hearers;
    private final boolean answered;
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Integer> indices = new HashMap<>();
    private String id = "";
    private String key = "";

    Room(Lane lane, URI uri, IntFunction<Hearer> hearers, boolean answered) {
      this.lane = lane;
      this.uri = uri;
      this.hearers = hearers;
      this.answered = answered;
    }

    CompletableFuture<List<Seat>> open(int size) {
      Member owner = new Member(this, hearers.apply(0));
      return owner
          .connect(lane, uri)
          .thenCompose(connected -> create(owner.session))
          .thenCompose(
              room -> {
                id = room.path("room_id").asText();
                seat(owner, room.path("owner_id").asText());
                return issue(owner.session, id, Key.FOREVER);
              })
          .thenCompose(
              issued -> {
                key = issued;
                return fill(size);
              });
    }

    private CompletableFuture<List<Seat>> fill(int size) {
      if (members.size() == size) {
        return CompletableFuture.completedFuture(List.copyOf(members));
      }
      Member member = new Member(this, hearers.apply(members.size()));
      return member
          .connect(lane, uri)
          .thenCompose(connected -> join(member.session, id, Key.FOREVER, key))
          .thenCompose(
              user -> {
                seat(member, user);
                return fill(size);
              });
    }

    private void seat(Member member, String user) {
      member.user = user;
      indices.put(user, members.size());
      members.add(member);
    }
  }

  private static final class Member implements Seat, Session.Listener {
    private final Room room;
    private final Hearer hearer;
    private final Map<Integer, byte[][]> frames = new HashMap<>();
    private Session session;
    private String user = "";
    private int asked;
    private int answered;

    Member(Room room, Hearer hearer) {
      this.room = room;
      this.hearer = hearer;
    }

    CompletableFuture<Session> connect(Lane lane, URI uri) {
      return Session.open(lane, uri, this).thenApply(opened -> session = opened);
    }

    @Override
    public void send(int to, byte[] content) {
      byte[][] frame = frames.computeIfAbsent(to, this::frameTo);
      byte[] id = NO_ID;
      if (room.answered) {
        id = ascii("\"id\":\"" + name(asked++) + "\",");
        hearer.asked();
      }
      ResoluteDialect.send(session.socket(), id, frame, content);
    }

    private static String name(int number) {
      return "m" + number;
    }

    @Override
    public void onSent(String id, int recipients) {
      if (id.equals(name(answered))) {
        answered++;
        hearer.answered(recipients);
      } else {
        hearer.failed("an answer to a message was lost, or has come twice, or late");
      }
    }

    private byte[][] frameTo(int to) {
      return frame(room.id, to == Content.ALL ? "" : room.members.get(to).user);
    }

    @Override
    public void onMessage(String inRoom, String from, byte[] bytes, int offset, int length) {
      Integer sender = room.indices.get(from);
      if (!inRoom.equals(room.id)) {
        hearer.failed("a message of another room has arrived");
      } else if (sender == null) {
        hearer.failed("a message of somebody who is not in the room has arrived");
      } else {
        hearer.heard(sender, bytes, offset, length);
      }
    }

    @Override
    public void onFailure(String what) {
      hearer.failed(what);
    }

    @Override
    public void close() {
      var unused = session.close();
    }
  }
}
