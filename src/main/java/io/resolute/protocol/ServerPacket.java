package io.resolute.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.resolute.protocol.ClientPacket.KeyKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells a client: the {@code cmd} and {@code data} of one reply, error or event.
 */
public sealed interface ServerPacket {

  /** Returns the packet's {@code cmd}. */
  String command();

  /** Writes the fields of the packet's {@code data}, without the braces around them. */
  void writeData(JsonGenerator json) throws IOException;

  /** Writes what stands behind {@code cmd} and {@code id} in the frame. */
  default void writeBody(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("data");
    writeData(json);
    json.writeEndObject();
  }

  /** Calls the method of {@code visitor} for this packet's type and returns what it returns. */
  <R> R accept(Visitor<R> visitor);

  /** One method a type of packet, so that none can be forgotten. */
  interface Visitor<R> {
    R welcome(Welcome packet);

    R roomCreated(RoomCreated packet);

    R keyIssued(KeyIssued packet);

    R done(Done packet);

    R joined(Joined packet);

    R messageSent(MessageSent packet);

    R members(Members packet);

    R failure(Failure packet);

    R message(Message packet);

    R userJoined(UserJoined packet);

    R userLeft(UserLeft packet);

    R roomClosed(RoomClosed packet);
  }

  /**
   * A member as the others see it.
   *
   * @param username opaque
   * @param publicKey one or more PEM blocks
   */
  record User(UserId id, String username, String publicKey) {
    private void write(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("user_id", id.value());
      json.writeStringField("username", username);
      json.writeStringField("public_key_string", publicKey);
      json.writeEndObject();
    }

    private static void writeAll(JsonGenerator json, List<User> users) throws IOException {
      json.writeArrayFieldStart("users");
      for (User user : users) {
        user.write(json);
      }
      json.writeEndArray();
    }
  }

  /**
   * Answers {@code hello}.
   *
   * @param version the version that both sides speak from here on
   * @param user the id under which the other members will see this connection
   * @param limits the server's limits by name, in bytes or as counts
   * @param features the names of optional parts that this server has
   * @param address where the connection is reached on the event bus; null if it is not there
   */
  record Welcome(
      int version,
      UserId user,
      SortedMap<String, Long> limits,
      List<String> features,
      @Nullable String address)
      implements ServerPacket {
    public Welcome {
      limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
      features = List.copyOf(features);
    }

    /** Makes the answer to a client that is not on the event bus. */
    public Welcome(
        int version, UserId user, SortedMap<String, Long> limits, List<String> features) {
      this(version, user, limits, features, null);
    }

    @Override
    public String command() {
      return Command.HELLO;
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeNumberField("version", version);
      json.writeStringField("user_id", user.value());
      if (address != null) {
        json.writeStringField("address", address);
      }
      json.writeObjectFieldStart("limits");
      for (var limit : limits.entrySet()) {
        json.writeNumberField(limit.getKey(), limit.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("features");
      for (String feature : features) {
        json.writeString(feature);
      }
      json.writeEndArray();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.welcome(this);
    }
  }

  /** Answers {@code create-room}; the only frame with its fields beside {@code cmd}. */
  record RoomCreated(RoomId room, UserId owner, String name, String clientRoomId)
      implements ServerPacket {
    @Override
    public String command() {
      return Command.CREATE_ROOM;
    }

    @Override
    public void writeBody(JsonGenerator json) throws IOException {
      json.writeObjectFieldStart("room");
      writeData(json);
      json.writeEndObject();
      json.writeStringField("client_room_id", clientRoomId);
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("room_id", room.value());
      json.writeStringField("owner_id", owner.value());
      json.writeStringField("name", name);
      json.writeArrayFieldStart("one_time_join_keys");
      json.writeEndArray();
      json.writeStringField("forever_join_key", "");
      json.writeObjectFieldStart("users");
      json.writeEndObject();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.roomCreated(this);
    }
  }

  /** Answers {@code room-key-onetime} and {@code room-key-forever}. */
  record KeyIssued(RoomId room, KeyKind kind, JoinKey key) implements ServerPacket {
    @Override
    public String command() {
      return Command.issue(kind);
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("room_id", room.value());
      json.writeFieldName(keyField(kind));
      key.write(json);
    }

    static String keyField(KeyKind kind) {
      return kind == KeyKind.ONE_TIME ? "one_time_key" : "forever_join_key";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.keyIssued(this);
    }
  }

  /**
   * Answers {@code reset-room-keys}, {@code leave-room} and {@code close-room}: it is done.
   *
   * @param command the request's {@code cmd}
   */
  record Done(String command, RoomId room) implements ServerPacket {
    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("room_id", room.value());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.done(this);
    }
  }

  /**
   * Answers both joins.
   *
   * @param user the id under which the other members see the newcomer
   * @param users the members who were there already, in the order in which they came
   */
  record Joined(UserId user, RoomId room, String roomName, List<User> users)
      implements ServerPacket {
    public Joined {
      users = List.copyOf(users);
    }

    @Override
    public String command() {
      return Command.JOINED;
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("user_id", user.value());
      json.writeStringField("room_id", room.value());
      json.writeStringField("room_name", roomName);
      User.writeAll(json, users);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.joined(this);
    }
  }

  /**
   * Answers a {@code send-message} that has an {@code id}.
   *
   * @param recipients how many connections the message was handed to
   */
  record MessageSent(RoomId room, int recipients) implements ServerPacket {
    @Override
    public String command() {
      return Command.MESSAGE_SENT;
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("room_id", room.value());
      json.writeNumberField("recipients", recipients);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.messageSent(this);
    }
  }

  /**
   * Answers {@code list-members}.
   *
   * @param users every member, the asking one and the owner too, in the order in which they came
   */
  record Members(RoomId room, UserId owner, List<User> users) implements ServerPacket {
    public Members {
      users = List.copyOf(users);
    }

    @Override
    public String command() {
      return Command.LIST_MEMBERS;
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("room_id", room.value());
      json.writeStringField("owner_id", owner.value());
      User.writeAll(json, users);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.members(this);
    }
  }

  /**
   * Refuses a request.
   *
   * @param request the {@code cmd} that failed; null if the frame named none that the server knows
   * @param code what is wrong
   * @param msg the same for people; quotes nothing that the client sent
   * @param room the room, if the sender is a member of it; else null
   * @param retryAfter after how long the same request can succeed; null if nobody can tell
   */
  record Failure(
      @Nullable String request,
      ErrorCode code,
      String msg,
      @Nullable RoomId room,
      @Nullable Duration retryAfter)
      implements ServerPacket {
    /** A refusal that does not depend on time. */
    public Failure(@Nullable String request, ErrorCode code, String msg, @Nullable RoomId room) {
      this(request, code, msg, room, null);
    }

    /** Refuses what comes too early. */
    public static Failure tooEarly(String request, String msg, Duration retryAfter) {
      return new Failure(request, ErrorCode.RATE_LIMITED, msg, null, retryAfter);
    }

    /** A refusal that names no room. */
    public Failure(@Nullable String request, ErrorCode code, String msg) {
      this(request, code, msg, null);
    }

    @Override
    public String command() {
      return request == null ? Command.ERROR : request + Command.ERROR_SUFFIX;
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("code", code.wireName());
      json.writeStringField("msg", msg);
      if (room != null) {
        json.writeStringField("room_id", room.value());
      }
      if (retryAfter != null) {
        // Rounded up: what comes back a moment too early would be refused again.
        json.writeNumberField("retry_after_ms", retryAfter.plusNanos(999_999).toMillis());
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.failure(this);
    }
  }

  /**
   * Event: somebody said something.
   *
   * @param speaker who said it
   */
  record Message(Speaker speaker, Content content) implements ServerPacket {
    /** Makes the message of somebody of whom no other is known. */
    public Message(RoomId room, UserId sender, String username, String content) {
      this(new Speaker(room, sender, username), Content.of(content));
    }

    /** Returns the room that it was said in. */
    public RoomId room() {
      return speaker.room();
    }

    /** Returns who said it. */
    public UserId sender() {
      return speaker.user();
    }

    /** Returns what the sender is called. */
    public String username() {
      return speaker.username();
    }

    @Override
    public String command() {
      return Command.SEND_MESSAGE;
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      speaker.write(json);
      json.writeFieldName("content");
      content.write(json);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.message(this);
    }
  }

  /** Event: somebody came in, with a key of this kind. */
  record UserJoined(RoomId room, String roomName, KeyKind kind, User user) implements ServerPacket {
    @Override
    public String command() {
      return Command.userJoined(kind);
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("room_id", room.value());
      json.writeStringField("room_name", roomName);
      json.writeStringField("user_id", user.id().value());
      json.writeStringField("username", user.username());
      json.writeStringField("public_key", user.publicKey());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.userJoined(this);
    }
  }

  /** Event: somebody is gone. */
  record UserLeft(RoomId room, UserId user, LeftReason reason) implements ServerPacket {
    /** Why a member is gone. */
    public enum LeftReason {
      /** It said so. */
      LEFT("left"),
      /** Its connection ended. */
      DISCONNECTED("disconnected");

      private final String wireName;

      LeftReason(String wireName) {
        this.wireName = wireName;
      }

      /** Returns the reason as it stands in {@code data.reason}. */
      public String wireName() {
        return wireName;
      }
    }

    @Override
    public String command() {
      return Command.USER_LEFT;
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("room_id", room.value());
      json.writeStringField("user_id", user.value());
      json.writeStringField("reason", reason.wireName());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.userLeft(this);
    }
  }

  /** Event: the room is no more. */
  record RoomClosed(RoomId room, ClosedReason reason) implements ServerPacket {
    /** Why a room is no more. */
    public enum ClosedReason {
      /** Its owner closed it. */
      CLOSED("closed"),
      /** Its owner left, or the owner's connection ended. */
      OWNER_LEFT("owner-left"),
      /** It reached the age that the server allows. */
      EXPIRED("expired");

      private final String wireName;

      ClosedReason(String wireName) {
        this.wireName = wireName;
      }

      /** Returns the reason as it stands in {@code data.reason}. */
      public String wireName() {
        return wireName;
      }
    }

    @Override
    public String command() {
      return Command.ROOM_CLOSED;
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("room_id", room.value());
      json.writeStringField("reason", reason.wireName());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.roomClosed(this);
    }
  }
}
