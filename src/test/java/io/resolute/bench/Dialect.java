package io.resolute.bench;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** How one talks to a kind of server. All of it happens on the lane. */
interface Dialect {
  /** One connection in a room. */
  interface Seat {
    /**
     * Sends a message, once the lane is flushed.
     *
     * @param to a member of the room, or {@link Content#ALL}
     */
    void send(int to, byte[] content);

    /** Closes the connection. */
    void close();
  }

  /** Who hears what arrives at a seat. */
  interface Hearer {
    /** Stands for a sender whom the server does not name. */
    int UNNAMED = -1;

    /**
     * A message has arrived.
     *
     * @param from the member whom the server names as its sender
     */
    void heard(int from, byte[] text, int offset, int length);

    /** A message is on its way that the server is to answer. */
    void asked();

    /**
     * The server has answered the next of them.
     *
     * @param recipients to how many it says that the message has gone
     */
    void answered(int recipients);

    /** The server has said or done what it should not. */
    void failed(String what);
  }

  /**
   * Opens connections and brings them into a room of their own.
   *
   * @param hearers who hears at the seat of each member
   */
  CompletableFuture<List<Seat>> open(
      Lane lane, URI uri, int room, int members, IntFunction<Hearer> hearers);
}
