package io.resolute.client.e2ee;

/**
 * Why something that came from a member, or from a server in its name, is not taken. None changes
 * what can be read afterwards; a retry with the same bytes never helps.
 */
public enum Rejection {
  /** It has not the form of anything that members send. */
  MALFORMED,
  /** It is of a version, or of a kind, that this client does not know. */
  UNSUPPORTED,
  /** The sender is no verified member of the room. */
  NOT_VERIFIED,
  /**
   * The sender's key did not sign it for this room: somebody changed it, moved it here from another
   * room, or names another sender.
   */
  BAD_SIGNATURE,
  /** The sender signed it, and it does not open with the key that it must be sealed with. */
  BAD_SEALING,
  /** A sender key that is not newer than the one that is known: a replay. */
  STALE_KEY,
  /** A message under a sender key that this client was not given yet. */
  UNKNOWN_KEY,
  /** A message under a sender key that the sender has replaced since. */
  RETIRED_KEY,
  /** A message that was sent before this client was given the sender's key. */
  BEFORE_KEY,
  /** A message that was opened before, or whose key is erased because it came far too late. */
  REPLAYED,
  /** More messages before this one are missing than there can be. */
  GAP_TOO_LARGE,
  /** What was sealed is not a padded text. */
  BAD_PLAINTEXT,
  /** This client has left the room and erased its keys. */
  WIPED
}
