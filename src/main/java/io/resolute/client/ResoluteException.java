package io.resolute.client;

import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with a connection, a room or a request: one subclass for each. The futures of
 * this library fail with these; {@code join()} and {@code get()} wrap them as they always do.
 *
 * <p>No message quotes a key, an id, a name or a text; all are for people.
 */
public abstract sealed class ResoluteException extends RuntimeException
    permits ConnectFailedException,
        ConnectionLostException,
        InvalidInviteException,
        MemberUnreachableException,
        MessageTooLongException,
        RequestRefusedException,
        RequestTimeoutException,
        RoomEndedException,
        SendQueueFullException {
  private static final long serialVersionUID = 1L;

  ResoluteException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
