package io.resolute.bus;

import io.resolute.protocol.RoomId;
import org.jspecify.annotations.Nullable;

/**
 * A frame for one or more connections, encoded once for all of them; at {@link
 * Addresses#ofConnection}.
 *
 * @param text the text message, in UTF-8; not to be changed by anybody
 * @param released the room that the connection is no longer in, or whose door stayed shut; null if
 *     nothing of that changes. Balances one create or join that the gateway let through.
 */
@SuppressWarnings("ArrayRecordComponent") // Shared by reference and never compared.
public record OutboundFrame(byte[] text, @Nullable RoomId released) {}
