package io.resolute.client.e2ee;

import io.resolute.protocol.UserId;
import java.util.List;

/**
 * Turns the messages of one room into what is sent, and back. The peers that it knows are the other
 * members of the room; its owner tells it who comes and goes, in the order of the wire.
 */
public interface RoomCipher {
  /** Returns what this client publishes to the room: one or more PEM blocks. */
  String publicKey();

  /** Returns the length of the longest text that can be sealed, in bytes of UTF-8. */
  int maxTextBytes();

  /**
   * Takes in a member of the room.
   *
   * @param publicKey what the member publishes; from an untrusted server, any text
   * @return whether something can be sealed for this member
   */
  PeerStatus admit(UserId peer, String publicKey);

  /** Forgets a member that is gone. */
  void remove(UserId peer);

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

  /**
   * Opens what a member has sent, and tells {@code reader} what it was. Throws nothing, whatever
   * the content is: there is one answer to all that cannot be opened, and it does not say why.
   *
   * @param sender who sent it, as the server says
   * @param content any text
   */
  void open(UserId sender, String content, Reader reader);

  /**
   * Told what a content was: one call for a message, none for what the schemes of two clients have
   * to say to each other.
   */
  interface Reader {
    /** The content was this text. */
    void text(String text);

    /** The content cannot be opened. */
    void unreadable();
  }
}
