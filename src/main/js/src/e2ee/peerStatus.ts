/** What a client makes of the public key of a member. Only `VERIFIED` is sent anything, and read. */
export type PeerStatus =
  /** It was made by somebody who was invited to the room, and by nobody else. */
  | "VERIFIED"
  /** It is not of a kind that this library knows, as the RSA keys of old peers. */
  | "UNSUPPORTED_KEY"
  /** It has not the form that it claims to have, or is not signed by itself. */
  | "DAMAGED_KEY"
  /** It was made by nobody who was invited: the server has put it in, or put in somebody. */
  | "NOT_ADMITTED"
  /** It is the key of this client itself, which the server sends back. */
  | "OWN_KEY"
  /** It is the key of another member, or of one that has left. */
  | "REPEATED_KEY"
  /** More members have come and gone than this client keeps in mind. */
  | "TOO_MANY_KEYS";
