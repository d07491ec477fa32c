package io.resolute.client;

import io.resolute.client.e2ee.PeerStatus;
import io.resolute.protocol.UserId;

/**
 * Somebody else in a room.
 *
 * @param id names the member's connection; another one next time
 * @param username what the member calls itself: any text, and not unique; an application that shows
 *     it on a terminal or a page makes it harmless first. Empty if the member did not say it
 * @param status what is known of the member's key
 */
public record Member(UserId id, String username, PeerStatus status) {
  /** Returns whether the member can be sent anything. */
  public boolean isReachable() {
    return status.isReachable();
  }

  /** Returns whether the member was invited by somebody in the room, and not put in by a server. */
  public boolean isVerified() {
    return status == PeerStatus.VERIFIED;
  }

  /** Hides the name, so that none ends up in a log. */
  @Override
  public String toString() {
    return "Member[" + status + "]";
  }
}
