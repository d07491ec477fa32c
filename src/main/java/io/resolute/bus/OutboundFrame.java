package io.resolute.bus;

import io.resolute.protocol.RoomId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A frame for the client of a connection, encoded once for all who get it.
 *
 * @param text the text message, in UTF-8, not to be changed by anybody
 * @param secret whether a join key is in the text, which is for one connection then, and to be
 *     overwritten by it
 * @param ask which question on the event bus the text answers; {@link Origin#UNASKED} for others
 * @param released the room that the connection is no longer in, or whose door stayed shut; null if
 *     nothing of that changes. Balances one create or join that the gateway let through.
 */
@SuppressWarnings("ArrayRecordComponent") // Shared by reference and never compared.
public record OutboundFrame(byte[] text, boolean secret, long ask, @Nullable RoomId released) {
  /** Makes a frame without a secret in it. */
  public static OutboundFrame message(byte[] text, long ask, @Nullable RoomId released) {
    return new OutboundFrame(text, false, ask, released);
  }

  /** Makes a frame with a join key. */
  public static OutboundFrame secret(byte[] text, long ask) {
    return new OutboundFrame(text, true, ask, null);
  }

  /** Overwrites the text if a join key is in it. */
  public void wipe() {
    if (secret) {
      Arrays.fill(text, (byte) 0);
    }
  }
}
