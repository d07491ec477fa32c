package io.resolute.protocol;

import io.resolute.protocol.ClientPacket.KeyKind;

/** The values of {@code cmd}. */
public final class Command {
  public static final String HELLO = "hello";
  public static final String CREATE_ROOM = "create-room";
  public static final String RESET_KEYS = "reset-room-keys";
  public static final String SEND_MESSAGE = "send-message";
  public static final String LIST_MEMBERS = "list-members";
  public static final String LEAVE_ROOM = "leave-room";
  public static final String CLOSE_ROOM = "close-room";
  public static final String JOINED = "joined";
  public static final String MESSAGE_SENT = "message-sent";
  public static final String USER_LEFT = "user-left";
  public static final String ROOM_CLOSED = "room-closed";

  /** The {@code cmd} of an error about a frame whose command is not known. */
  public static final String ERROR = "error";

  /** What an error's {@code cmd} has behind the command that failed. */
  public static final String ERROR_SUFFIX = "-error";

  private Command() {}

  /** Returns {@code room-key-onetime} or {@code room-key-forever}. */
  public static String issue(KeyKind kind) {
    return kind == KeyKind.ONE_TIME ? "room-key-onetime" : "room-key-forever";
  }

  /** Returns {@code join-room-onetime} or {@code join-room-forever}. */
  public static String join(KeyKind kind) {
    return kind == KeyKind.ONE_TIME ? "join-room-onetime" : "join-room-forever";
  }

  /** Returns {@code user-joined-onetime} or {@code user-joined-forever}. */
  public static String userJoined(KeyKind kind) {
    return kind == KeyKind.ONE_TIME ? "user-joined-onetime" : "user-joined-forever";
  }
}
