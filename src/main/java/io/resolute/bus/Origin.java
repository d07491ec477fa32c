package io.resolute.bus;

import io.resolute.protocol.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request: stamped by the gateway, never taken from the client.
 *
 * @param connection where answers go
 * @param user what the other members know the connection as
 * @param requestId the request's own id, which its answer carries; null if it has none
 * @param ask which question on the event bus the request came as; {@link #UNASKED} if it came
 *     otherwise
 */
public record Origin(ConnectionId connection, UserId user, @Nullable String requestId, long ask) {
  /** Stands for no question: the client finds the answer among its frames. */
  public static final long UNASKED = 0;

  /** Makes the origin of a request that is no question on the event bus. */
  public Origin(ConnectionId connection, UserId user, @Nullable String requestId) {
    this(connection, user, requestId, UNASKED);
  }

  /** Returns whether the sender can tell the answer to this request from others. */
  public boolean isIdentified() {
    return requestId != null || ask != UNASKED;
  }
}
