package io.resolute.protocol;

import org.jspecify.annotations.Nullable;

/** What one text message from a client turned out to be. */
public sealed interface ClientFrame {
  /** Returns the request's own id, which the answer carries; null if it has none. */
  @Nullable String id();

  /** A request that can be carried out. */
  record Request(@Nullable String id, ClientPacket packet) implements ClientFrame {}

  /** Something else, and the answer to it. */
  record Refused(@Nullable String id, ServerPacket.Failure failure) implements ClientFrame {}
}
