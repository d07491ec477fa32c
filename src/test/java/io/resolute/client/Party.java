package io.resolute.client;

import io.resolute.protocol.ClientPacket.KeyKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A client of whichever language, as far as tests need one. All methods but those that return a
 * future wait. What is refused, they throw as {@link Refused}.
 */
interface Party extends AutoCloseable {
  /** Makes a room. */
  Seat create(String roomName, String username);

  /** Enters a room. */
  Seat join(String link, String username);

  /**
   * Waits until the listeners of this client have been told of all that came before, also in rooms
   * that it has left: a client tells one thing after the other, and this is the last.
   *
   * @param visitor another client
   */
  default void settle(Party visitor) {
    Seat own = create("room", "host");
    visitor.join(own.invite(KeyKind.ONE_TIME), "visitor");
    try {
      own.told().await("visitor joined VERIFIED");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    own.end();
  }

  /** Ends the connection, and waits until it has ended. */
  @Override
  void close();

  /** A place in a room. */
  interface Seat {
    String room();

    String userId();

    /** Returns what the room is called. */
    String name();

    /** Returns what its listener is told. */
    Witness told();

    CompletableFuture<Sent> say(String text);

    CompletableFuture<Sent> sayTo(String userId, String text);

    /** Returns the way to one who is here, whoever has the id later. */
    Line lineTo(String userId);

    /** Returns the link. */
    String invite(KeyKind kind);

    void resetKeys();

    void leave();

    /** Closes the room. */
    void end();

    /** Returns everybody else, as the client shows them. */
    List<Shown> members();

    /** Returns everybody else, as the server says. */
    List<Shown> listed();

    /** Returns the digits, a space, and the signs. */
    String safetyNumber();
  }

  /** The way to somebody. */
  interface Line {
    CompletableFuture<Sent> say(String text);
  }

  /** Somebody as a client shows it; {@code status} as in {@code PeerStatus}. */
  record Shown(String id, String username, String status) {}

  /** What became of a message. */
  record Sent(int recipients, List<String> unreached) {}

  /** What the server refuses, with the code, or the client, with the name of its error. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }
}
