package io.resolute.client.e2ee;

/** What a client makes of the public key of a member. */
public enum PeerStatus {
  /** It was made by somebody who was invited to the room, and by nobody else. */
  VERIFIED,
  /**
   * Messages can be sealed with it, but nobody knows whose it is: the server may have put it in.
   */
  REACHABLE,
  /** It is not of a kind that the scheme in use knows. */
  UNSUPPORTED_KEY,
  /** It has not the form that it claims to have, or is not signed by itself. */
  DAMAGED_KEY,
  /** It was made by nobody who was invited: the server has put it in, or put in somebody. */
  NOT_ADMITTED,
  /** It is the key of this client itself, which the server sends back. */
  OWN_KEY,
  /** It is the key of another member, or of one that has left. */
  REPEATED_KEY,
  /** More members have come and gone than this client keeps in mind. */
  TOO_MANY_KEYS;

  /** Returns whether the member is sent anything, and whether anything it sends is read. */
  public boolean isReachable() {
    return this == VERIFIED || this == REACHABLE;
  }
}
