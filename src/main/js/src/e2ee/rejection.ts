/**
 * Why something that came from a member, or from a server in its name, is not taken. None changes what can be read
 * afterwards; a retry with the same bytes never helps.
 */
export type Rejection =
  /** It has not the form of anything that members send. */
  | "MALFORMED"
  /** It is of a version, or of a kind, that this client does not know. */
  | "UNSUPPORTED"
  /** The sender is no verified member of the room. */
  | "NOT_VERIFIED"
  /** The sender's key did not sign it for this room: it was changed, moved here, or put in another's mouth. */
  | "BAD_SIGNATURE"
  /** The sender signed it, and it does not open with the key that it must be sealed with. */
  | "BAD_SEALING"
  /** A sender key that is not newer than the one that is known: a replay. */
  | "STALE_KEY"
  /** A message under a sender key that this client was not given yet. */
  | "UNKNOWN_KEY"
  /** A message under a sender key that the sender has replaced since. */
  | "RETIRED_KEY"
  /** A message that was sent before this client was given the sender's key. */
  | "BEFORE_KEY"
  /** A message that was opened before, or whose key is erased because it came far too late. */
  | "REPLAYED"
  /** More messages before this one are missing than there can be. */
  | "GAP_TOO_LARGE"
  /** What was sealed is not a padded text. */
  | "BAD_PLAINTEXT"
  /** This client has left the room and erased its keys. */
  | "WIPED";

/** @internal Carries a {@link Rejection} up to the room, and not out of it. */
export class Rejected extends Error {
  constructor(readonly rejection: Rejection) {
    super(rejection);
    this.name = "Rejected";
  }
}
