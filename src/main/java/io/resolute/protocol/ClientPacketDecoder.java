package io.resolute.protocol;

import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.FrameFields.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of clients.
 *
 * <p>An id or join key of the wrong form is not an error here: it stands for something that does
 * not exist, and gets the same answer, on the same way and in the same time. It is replaced by a
 * random one, which no room, member or key has. Of join keys, packets hold the digests alone.
 */
public final class ClientPacketDecoder {
  private final PacketLimits limits;
  private final RandomTokens random;

  /** Makes a decoder that holds requests to {@code limits}. */
  public ClientPacketDecoder(PacketLimits limits, RandomTokens random) {
    this.limits = limits;
    this.random = random;
  }

  /**
   * Reads one text message.
   *
   * @param frame well-formed UTF-8
   */
  public ClientFrame decode(byte[] frame) {
    ClientFrame message = PlainMessage.read(frame);
    return message == null ? parse(frame) : message;
  }

  /** Reads any frame. */
  ClientFrame parse(byte[] frame) {
    FrameFields fields = FrameFields.read(frame);
    String command = null;
    try {
      command = fields.command();
      return new ClientFrame.Request(fields.id(), packet(command, fields));
    } catch (Refusal refusal) {
      return new ClientFrame.Refused(fields.id(), failure(command, refusal));
    }
  }

  private static ServerPacket.Failure failure(@Nullable String command, Refusal refusal) {
    boolean malformed =
        refusal.code() == ErrorCode.BAD_PACKET || refusal.code() == ErrorCode.UNKNOWN_COMMAND;
    return new ServerPacket.Failure(malformed ? null : command, refusal.code(), refusal.msg());
  }

  private ClientPacket packet(String command, FrameFields fields) throws Refusal {
    return switch (command) {
      case Command.HELLO -> hello(fields);
      case Command.CREATE_ROOM -> createRoom(fields);
      case "join-room-onetime" -> joinRoom(KeyKind.ONE_TIME, fields);
      case "join-room-forever" -> joinRoom(KeyKind.FOREVER, fields);
      case "room-key-onetime" -> new ClientPacket.IssueKey(room(fields), KeyKind.ONE_TIME);
      case "room-key-forever" -> new ClientPacket.IssueKey(room(fields), KeyKind.FOREVER);
      case Command.RESET_KEYS -> new ClientPacket.ResetKeys(room(fields));
      case Command.SEND_MESSAGE ->
          new ClientPacket.SendMessage(room(fields), recipient(fields), fields.content());
      case Command.LIST_MEMBERS -> new ClientPacket.ListMembers(room(fields));
      case Command.LEAVE_ROOM -> new ClientPacket.LeaveRoom(room(fields));
      case Command.CLOSE_ROOM -> new ClientPacket.CloseRoom(room(fields));
      default -> throw new Refusal(ErrorCode.UNKNOWN_COMMAND, "the server has no such command");
    };
  }

  private ClientPacket hello(FrameFields fields) throws Refusal {
    String client = fields.optional("client");
    if (client != null) {
      fields.required("client", limits.name());
    }
    if (!fields.versions().contains(PacketJson.VERSION)) {
      throw new Refusal(ErrorCode.UNSUPPORTED_VERSION, "the server speaks version 1");
    }
    return new ClientPacket.Hello(client, fields.versions());
  }

  private ClientPacket createRoom(FrameFields fields) throws Refusal {
    return new ClientPacket.CreateRoom(
        fields.required("name", limits.name()),
        fields.required("username", limits.username()),
        fields.required("client_room_id", limits.name()),
        publicKey(fields, "public_key_string"));
  }

  private ClientPacket joinRoom(KeyKind kind, FrameFields fields) throws Refusal {
    return new ClientPacket.JoinRoom(
        room(fields),
        kind,
        fields
            .requiredKey(ClientPacket.JoinRoom.keyField(kind))
            .orElseGet(() -> random.joinKey().wipe()),
        fields.required("username", limits.username()),
        publicKey(fields, "public_key"));
  }

  private RoomId room(FrameFields fields) throws Refusal {
    return RoomId.parse(fields.required("room_id")).orElseGet(random::roomId);
  }

  private @Nullable UserId recipient(FrameFields fields) throws Refusal {
    String to = fields.optional("to_user_id");
    return to == null ? null : UserId.parse(to).orElseGet(random::userId);
  }

  private String publicKey(FrameFields fields, String name) throws Refusal {
    String pem = fields.required(name, limits.publicKey());
    if (!Pem.isSeriesOfBlocks(pem)) {
      throw new Refusal(ErrorCode.BAD_PUBLIC_KEY, name + " is not a series of PEM blocks");
    }
    return pem;
  }
}
