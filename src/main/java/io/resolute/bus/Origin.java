package io.resolute.bus;

import io.resolute.protocol.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request: stamped by the gateway, never taken from the client.
 *
 * @param connection where answers go
 * @param user what the other members know the connection as
 * @param requestId the request's own id, which its answer carries; null if it has none
 */
public record Origin(ConnectionId connection, UserId user, @Nullable String requestId) {}
