package io.resolute.client.e2ee;

/** Whether messages can be sealed for a member. */
public enum PeerStatus {
  /** Its key is good. */
  REACHABLE,
  /** Its public key is not one that the scheme in use knows: it is sent nothing. */
  UNSUPPORTED_KEY
}
