package io.resolute.client;

import io.resolute.client.e2ee.PeerStatus;
import io.resolute.protocol.UserId;

/**
 * Somebody else in a room, from coming in to leaving it. Everything that a {@link ClientRoom} and
 * its listener tell of one stay is about one and the same object, which is equal to no other:
 * whoever comes back is somebody new, and so is whoever else a server gives the id to. For one
 * person in two rooms, or seen by two clients, there are two objects.
 */
public final class Member {
  private final UserId id;
  private final String username;
  private final PeerStatus status;

  Member(UserId id, String username, PeerStatus status) {
    this.id = id;
    this.username = username;
    this.status = status;
  }

  /** Returns the name of the member's connection; another one next time. */
  public UserId id() {
    return id;
  }

  /**
   * Returns what the member calls itself: any text, and not unique; an application that shows it on
   * a terminal or a page makes it harmless first. Empty if the member did not say it.
   */
  public String username() {
    return username;
  }

  /** Returns what is known of the member's key. */
  public PeerStatus status() {
    return status;
  }

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
