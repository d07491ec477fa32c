package io.resolute.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One reply, error or event as it came in.
 *
 * @param id the id of the request that it answers; null if that had none, and for an event
 */
public record ServerFrame(@Nullable String id, ServerPacket packet) {}
