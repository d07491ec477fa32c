package io.resolute.protocol;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.ServerPacket.User;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the frames of a server, for clients. Safe for use by several threads. */
public final class ServerPacketDecoder {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(PacketJson.FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The frame is not what a server of this protocol sends. The message quotes nothing of it. */
  public static final class MalformedFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedFrameException(String message) {
      super(message);
    }
  }

  /**
   * Reads one text message.
   *
   * @return nothing for an event that this version does not know, which a client ignores
   * @throws MalformedFrameException if a field is missing or has another type or form
   */
  public Optional<ServerFrame> decode(String frame) throws MalformedFrameException {
    JsonNode root;
    try {
      root = MAPPER.readTree(frame);
    } catch (IOException notJson) {
      throw new MalformedFrameException("the server sent something that is not JSON");
    }
    try {
      String command = text(root, "cmd");
      JsonNode data = root.path(command.equals(Command.CREATE_ROOM) ? "room" : "data");
      String id = root.path("id").isTextual() ? root.path("id").textValue() : null;
      ServerPacket packet = packet(command, root, data);
      return packet == null ? Optional.empty() : Optional.of(new ServerFrame(id, packet));
    } catch (IllegalArgumentException wrongForm) {
      throw new MalformedFrameException("the server sent an id of the wrong form");
    }
  }

  private static @Nullable ServerPacket packet(String command, JsonNode root, JsonNode data)
      throws MalformedFrameException {
    if (command.equals(Command.ERROR)) {
      return failure(null, data);
    }
    if (command.endsWith(Command.ERROR_SUFFIX)) {
      String request = command.substring(0, command.length() - Command.ERROR_SUFFIX.length());
      return failure(request, data);
    }
    return switch (command) {
      case Command.HELLO -> welcome(data);
      case Command.CREATE_ROOM ->
          new ServerPacket.RoomCreated(
              room(data), user(data, "owner_id"), text(data, "name"), text(root, "client_room_id"));
      case "room-key-onetime" -> keyIssued(KeyKind.ONE_TIME, data);
      case "room-key-forever" -> keyIssued(KeyKind.FOREVER, data);
      case Command.RESET_KEYS, Command.LEAVE_ROOM, Command.CLOSE_ROOM ->
          new ServerPacket.Done(command, room(data));
      case Command.JOINED ->
          new ServerPacket.Joined(
              user(data, "user_id"), room(data), text(data, "room_name"), users(data));
      case Command.MESSAGE_SENT ->
          new ServerPacket.MessageSent(room(data), number(data, "recipients"));
      case Command.LIST_MEMBERS ->
          new ServerPacket.Members(room(data), user(data, "owner_id"), users(data));
      case Command.SEND_MESSAGE ->
          new ServerPacket.Message(
              room(data), user(data, "user_id"), text(data, "username"), text(data, "content"));
      case "user-joined-onetime" -> userJoined(KeyKind.ONE_TIME, data);
      case "user-joined-forever" -> userJoined(KeyKind.FOREVER, data);
      case Command.USER_LEFT ->
          new ServerPacket.UserLeft(room(data), user(data, "user_id"), leftReason(data));
      case Command.ROOM_CLOSED -> new ServerPacket.RoomClosed(room(data), closedReason(data));
      default -> null;
    };
  }

  private static ServerPacket welcome(JsonNode data) throws MalformedFrameException {
    SortedMap<String, Long> limits = new TreeMap<>();
    for (var limit : data.path("limits").properties()) {
      limits.put(limit.getKey(), limit.getValue().asLong());
    }
    List<String> features = new ArrayList<>();
    for (JsonNode feature : data.path("features")) {
      features.add(feature.asText());
    }
    String address = data.has("address") ? text(data, "address") : null;
    return new ServerPacket.Welcome(
        number(data, "version"), user(data, "user_id"), limits, features, address);
  }

  private static ServerPacket failure(@Nullable String request, JsonNode data)
      throws MalformedFrameException {
    // A newer server may know more codes: what they share is that it could not be done.
    ErrorCode code = ErrorCode.of(text(data, "code")).orElse(ErrorCode.UNAVAILABLE);
    RoomId room = data.has("room_id") ? room(data) : null;
    JsonNode wait = data.path("retry_after_ms");
    Duration retryAfter =
        wait.canConvertToLong() && wait.longValue() >= 0
            ? Duration.ofMillis(wait.longValue())
            : null;
    return new ServerPacket.Failure(request, code, text(data, "msg"), room, retryAfter);
  }

  private static ServerPacket keyIssued(KeyKind kind, JsonNode data)
      throws MalformedFrameException {
    String key = text(data, ServerPacket.KeyIssued.keyField(kind));
    return new ServerPacket.KeyIssued(room(data), kind, new JoinKey(key));
  }

  private static ServerPacket userJoined(KeyKind kind, JsonNode data)
      throws MalformedFrameException {
    User user = new User(user(data, "user_id"), text(data, "username"), text(data, "public_key"));
    return new ServerPacket.UserJoined(room(data), text(data, "room_name"), kind, user);
  }

  private static ServerPacket.UserLeft.LeftReason leftReason(JsonNode data)
      throws MalformedFrameException {
    String name = text(data, "reason");
    for (var reason : ServerPacket.UserLeft.LeftReason.values()) {
      if (reason.wireName().equals(name)) {
        return reason;
      }
    }
    return ServerPacket.UserLeft.LeftReason.DISCONNECTED;
  }

  private static ServerPacket.RoomClosed.ClosedReason closedReason(JsonNode data)
      throws MalformedFrameException {
    String name = text(data, "reason");
    for (var reason : ServerPacket.RoomClosed.ClosedReason.values()) {
      if (reason.wireName().equals(name)) {
        return reason;
      }
    }
    return ServerPacket.RoomClosed.ClosedReason.CLOSED;
  }

  private static List<User> users(JsonNode data) throws MalformedFrameException {
    JsonNode list = data.path("users");
    if (!list.isArray()) {
      throw new MalformedFrameException("users is missing, or not an array");
    }
    List<User> users = new ArrayList<>();
    for (JsonNode entry : list) {
      users.add(
          new User(
              user(entry, "user_id"), text(entry, "username"), text(entry, "public_key_string")));
    }
    return users;
  }

  private static RoomId room(JsonNode node) throws MalformedFrameException {
    return new RoomId(text(node, "room_id"));
  }

  private static UserId user(JsonNode node, String field) throws MalformedFrameException {
    return new UserId(text(node, field));
  }

  private static String text(JsonNode node, String field) throws MalformedFrameException {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new MalformedFrameException(field + " is missing, or not a string");
    }
    return value.textValue();
  }

  private static int number(JsonNode node, String field) throws MalformedFrameException {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new MalformedFrameException(field + " is missing, or not an integer");
    }
    return value.intValue();
  }
}
