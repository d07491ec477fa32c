package io.resolute.client.e2ee;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the messages of one connection are encrypted. A scheme is made for a connection and dies with
 * it: nobody can be recognised from one connection to the next.
 *
 * <p>Neither a scheme nor what it makes is safe for use by several threads.
 */
public interface Scheme {
  /** Prepares to make a room. */
  Entrance createRoom();

  /**
   * Prepares to enter a room.
   *
   * @param secret what the invite holds; null if it holds none
   * @return nothing if this scheme does not enter a room without a secret
   */
  Optional<Entrance> joinRoom(@Nullable RoomSecret secret);

  /** Forgets every private key. What is sealed for this connection cannot be opened any more. */
  void destroy();
}
