package io.resolute.client;

import io.resolute.client.e2ee.PeerStatus;
import io.resolute.protocol.UserId;

/**
 * Somebody else in a room.
 *
 * @param id names the member's connection; another one next time
 * @param username what the member calls itself: any text, not proven, and not unique; an
 *     application that shows it on a terminal or a page makes it harmless first
 * @param status whether the member can be sent anything
 */
public record Member(UserId id, String username, PeerStatus status) {
  /** Returns whether the member can be sent anything. */
  public boolean isReachable() {
    return status.isReachable();
  }
}
