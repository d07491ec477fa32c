package io.resolute.client.e2ee;

import io.resolute.protocol.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Turns the messages of one room into what is sent, and back. The peers that it knows are the other
 * members of the room; its owner tells it who comes and goes, in the order of the wire, and sends
 * what it returns, in the order in which it is returned.
 */
public interface RoomCipher {
  /** Returns the length of the longest text that can be sealed now, in bytes of UTF-8. */
  int maxTextBytes();

  /**
   * Takes in a member of the room.
   *
   * @param publicKey what the member publishes; from an untrusted server, any text
   * @return what to make of it
   */
  PeerStatus admit(UserId peer, String publicKey);

  /**
   * Returns whether this is what is known of a member already, so that {@link #admit} would change
   * nothing.
   *
   * @param publicKey what the member publishes; any text
   */
  boolean knows(UserId peer, String publicKey);

  /** Forgets a member that is gone. */
  void remove(UserId peer);

  /**
   * Returns what a member is called.
   *
   * @param username what the server says; any text
   * @return nothing if the member did not say so
   */
  Optional<String> usernameOf(UserId peer, String username);

  /**
   * Returns what the room is called.
   *
   * @param name what the server says; any text
   * @return nothing if nobody of the room said so
   */
  Optional<String> roomName(String name);

  /** Returns what an invite to this room must hold, as an object of its own. */
  Optional<RoomSecret> secret();

  /** Returns the number that members compare; nothing if the scheme has none. */
  Optional<SafetyNumber> safetyNumber();

  /**
   * Seals a text for every peer that can be reached.
   *
   * @param text at most {@link #maxTextBytes} bytes
   * @return what to send, in this order; nothing if nobody can be reached
   * @throws IllegalArgumentException if the text is too long
   */
  List<Sealed> sealForAll(String text);

  /**
   * Seals a text for one peer.
   *
   * @param text at most {@link #maxTextBytes} bytes
   * @return what to send, in this order; nothing if the peer is not known or cannot be reached
   * @throws IllegalArgumentException if the text is too long
   */
  List<Sealed> sealFor(UserId peer, String text);

  /** Told when something that was sealed may not have been sent. */
  void renew();

  /**
   * Opens what a member has sent, and tells {@code reader} what it was. Throws nothing, whatever
   * the content is. Why something cannot be opened is for the people at this client; nothing that
   * the sender could see may depend on it.
   *
   * @param sender who sent it, as the server says
   * @param content any text
   */
  void open(UserId sender, String content, Reader reader);

  /** Erases every key. Nothing may be called from here on. */
  void wipe();

  /**
   * Told what a content was: one last call for a message, none for what the schemes of two clients
   * have to say to each other.
   */
  interface Reader {
    /**
     * Before the message whose text follows, others of the same member are missing: the server held
     * them back, or will deliver them later.
     */
    void missing(int messages);

    /**
     * The content was this text.
     *
     * @param isPrivate whether it is for this client alone; false also where the scheme cannot tell
     */
    void text(String text, boolean isPrivate);

    /** The content cannot be opened, or is not taken. */
    void unreadable(Rejection why);
  }
}
