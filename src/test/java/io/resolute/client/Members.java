package io.resolute.client;

import io.resolute.client.e2ee.PeerStatus;
import io.resolute.protocol.UserId;

/** Makes members for tests that have no room. */
public final class Members {
  private Members() {}

  /** Makes one. */
  public static Member of(UserId id, String username, PeerStatus status) {
    return new Member(id, username, status);
  }
}
