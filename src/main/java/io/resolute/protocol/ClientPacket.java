package io.resolute.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client may ask of the server: the {@code cmd} and {@code data} of one request frame. */
public sealed interface ClientPacket {
  /** What a connection may have under way, in units of {@link ForRoom#weight}. */
  int MAX_WEIGHT = 32;

  /**
   * Bytes of a message to everybody that weigh 1: of such messages, no more than 64 KiB and one
   * more are under way when it shows what they cost.
   */
  int BYTES_PER_WEIGHT = 2048;

  /** Returns the packet's {@code cmd}. */
  String command();

  /** Writes the fields of the packet's {@code data}, without the braces around them. */
  void writeData(JsonGenerator json) throws IOException;

  /**
   * Asks which version is spoken and what the limits are. Optional.
   *
   * @param client names the client's software, for people; any text
   * @param versions the versions of the protocol that the client speaks
   */
  record Hello(@Nullable String client, List<Integer> versions) implements ClientPacket {
    public Hello {
      versions = List.copyOf(versions);
    }

    @Override
    public String command() {
      return Command.HELLO;
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      if (client != null) {
        json.writeStringField("client", client);
      }
      json.writeArrayFieldStart("versions");
      for (int version : versions) {
        json.writeNumber(version);
      }
      json.writeEndArray();
    }
  }

  /** A request that a room answers. */
  sealed interface ForRoom extends ClientPacket {
    /** Returns whether the sender is in the room once it succeeds. */
    default boolean enters() {
      return false;
    }

    /**
     * Returns how much of what a connection may have under way this takes, 1 to {@link
     * #MAX_WEIGHT}: all of it, if the answer may hold the keys of a whole room; the more, the
     * longer what goes to a whole room is.
     */
    default int weight() {
      return enters() ? MAX_WEIGHT : 1;
    }

    /** Calls the method of {@code visitor} for this packet's type. */
    <C> void accept(Visitor<C> visitor, C context);
  }

  /** A request that names the room which answers it. */
  sealed interface InRoom extends ForRoom {
    /** Returns the room. */
    RoomId room();

    @Override
    default void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("room_id", room().value());
    }
  }

  /**
   * One method a type of request, so that none can be forgotten.
   *
   * @param <C> what the visitor is told beside the packet
   */
  interface Visitor<C> {
    void createRoom(CreateRoom packet, C context);

    void joinRoom(JoinRoom packet, C context);

    void issueKey(IssueKey packet, C context);

    void resetKeys(ResetKeys packet, C context);

    void sendMessage(SendMessage packet, C context);

    void listMembers(ListMembers packet, C context);

    void leaveRoom(LeaveRoom packet, C context);

    void closeRoom(CloseRoom packet, C context);
  }

  /** How often a join key lets somebody in. */
  enum KeyKind {
    /** Once. */
    ONE_TIME,
    /** Until the room's keys are reset. */
    FOREVER
  }

  /**
   * Makes a room that the sender owns and is in.
   *
   * @param name the room's name, opaque
   * @param username what the sender is called in it, opaque
   * @param clientRoomId given back in the reply, so that the client knows which room was made
   * @param publicKey one or more PEM blocks
   */
  record CreateRoom(String name, String username, String clientRoomId, String publicKey)
      implements ForRoom {
    @Override
    public String command() {
      return Command.CREATE_ROOM;
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("name", name);
      json.writeStringField("username", username);
      json.writeStringField("client_room_id", clientRoomId);
      json.writeStringField("public_key_string", publicKey);
    }

    @Override
    public boolean enters() {
      return true;
    }

    @Override
    public <C> void accept(Visitor<C> visitor, C context) {
      visitor.createRoom(this, context);
    }
  }

  /**
   * Enters a room with a key.
   *
   * @param key the key, or a text of another form, which no room accepts
   * @param username what the sender is called in the room, opaque
   * @param publicKey one or more PEM blocks
   */
  record JoinRoom(RoomId room, KeyKind kind, JoinKey key, String username, String publicKey)
      implements InRoom {
    @Override
    public String command() {
      return Command.join(kind);
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("room_id", room.value());
      json.writeFieldName(keyField(kind));
      key.write(json);
      json.writeStringField("username", username);
      json.writeStringField("public_key", publicKey);
    }

    static String keyField(KeyKind kind) {
      return kind == KeyKind.ONE_TIME ? "one_time_key" : "forever_key";
    }

    @Override
    public boolean enters() {
      return true;
    }

    @Override
    public <C> void accept(Visitor<C> visitor, C context) {
      visitor.joinRoom(this, context);
    }
  }

  /** Asks for a join key. For the owner. */
  record IssueKey(RoomId room, KeyKind kind) implements InRoom {
    @Override
    public String command() {
      return Command.issue(kind);
    }

    @Override
    public <C> void accept(Visitor<C> visitor, C context) {
      visitor.issueKey(this, context);
    }
  }

  /** Makes every join key of the room worthless. For the owner. */
  record ResetKeys(RoomId room) implements InRoom {
    @Override
    public String command() {
      return Command.RESET_KEYS;
    }

    @Override
    public <C> void accept(Visitor<C> visitor, C context) {
      visitor.resetKeys(this, context);
    }
  }

  /**
   * Says something to one member, or to every other member.
   *
   * @param to the recipient; null for every other member
   * @param content opaque
   */
  record SendMessage(RoomId room, @Nullable UserId to, Content content) implements InRoom {
    /** Makes a message that says {@code content}. */
    public SendMessage(RoomId room, @Nullable UserId to, String content) {
      this(room, to, Content.of(content));
    }

    @Override
    public String command() {
      return Command.SEND_MESSAGE;
    }

    @Override
    public void writeData(JsonGenerator json) throws IOException {
      json.writeStringField("room_id", room.value());
      if (to != null) {
        json.writeStringField("to_user_id", to.value());
      }
      json.writeFieldName("content");
      content.write(json);
    }

    @Override
    public int weight() {
      int whole = 1 + content.length() / BYTES_PER_WEIGHT;
      return to == null ? Math.min(whole, MAX_WEIGHT) : 1;
    }

    @Override
    public <C> void accept(Visitor<C> visitor, C context) {
      visitor.sendMessage(this, context);
    }
  }

  /** Asks who is in the room. For members. */
  record ListMembers(RoomId room) implements InRoom {
    @Override
    public int weight() {
      return MAX_WEIGHT;
    }

    @Override
    public String command() {
      return Command.LIST_MEMBERS;
    }

    @Override
    public <C> void accept(Visitor<C> visitor, C context) {
      visitor.listMembers(this, context);
    }
  }

  /** Leaves the room; when its owner does, the room is closed. For members. */
  record LeaveRoom(RoomId room) implements InRoom {
    @Override
    public String command() {
      return Command.LEAVE_ROOM;
    }

    @Override
    public <C> void accept(Visitor<C> visitor, C context) {
      visitor.leaveRoom(this, context);
    }
  }

  /** Closes the room for everybody. For the owner. */
  record CloseRoom(RoomId room) implements InRoom {
    @Override
    public String command() {
      return Command.CLOSE_ROOM;
    }

    @Override
    public <C> void accept(Visitor<C> visitor, C context) {
      visitor.closeRoom(this, context);
    }
  }
}
