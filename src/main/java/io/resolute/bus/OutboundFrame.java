package io.resolute.bus;

import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.RoomId;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is told, at {@link Addresses#ofConnection}: a frame for its client, encoded
 * once for all who get it, or that a request of its client has been carried out.
 *
 * @param text the text message, in UTF-8, not to be changed by anybody; null if there is none
 * @param secret whether a join key is in the text, which is for one connection then, and to be
 *     overwritten by it
 * @param ask which question on the event bus the text answers; {@link Origin#UNASKED} for others
 * @param released the room that the connection is no longer in, or whose door stayed shut; null if
 *     nothing of that changes. Balances one create or join that the gateway let through.
 * @param settlement what became of a request; null if this is not about that. Each request is
 *     settled once, behind all that follows from it.
 */
@SuppressWarnings("ArrayRecordComponent") // Shared by reference and never compared.
public record OutboundFrame(
    byte @Nullable [] text,
    boolean secret,
    long ask,
    @Nullable RoomId released,
    @Nullable Settlement settlement) {
  /**
   * What became of a request.
   *
   * @param weight {@link io.resolute.protocol.ClientPacket.ForRoom#weight}
   * @param sent bytes that were sent because of it, to whomever
   * @param refused why it was not carried out; null if it was
   */
  public record Settlement(int weight, long sent, @Nullable ErrorCode refused) {}

  /** Makes a frame for the client. */
  public static OutboundFrame message(byte[] text, long ask, @Nullable RoomId released) {
    return new OutboundFrame(text, false, ask, released, null);
  }

  /** Makes a frame with a join key for the client. */
  public static OutboundFrame secret(byte[] text, long ask) {
    return new OutboundFrame(text, true, ask, null, null);
  }

  /** Tells what became of a request. */
  public static OutboundFrame settlement(int weight, long sent, @Nullable ErrorCode refused) {
    return new OutboundFrame(
        null, false, Origin.UNASKED, null, new Settlement(weight, sent, refused));
  }
}
