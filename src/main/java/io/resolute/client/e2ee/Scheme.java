package io.resolute.client.e2ee;

/**
 * The private keys of one connection, and what they are used for. A scheme is made for a connection
 * and dies with it: nobody can be recognised from one connection to the next.
 *
 * <p>Neither a scheme nor its {@link RoomCipher}s are safe for use by several threads.
 */
public interface Scheme {
  /** Returns the part of the scheme that belongs to one room, with no peers in it yet. */
  RoomCipher openRoom();

  /** Forgets every private key. What is sealed for this connection cannot be opened any more. */
  void destroy();
}
