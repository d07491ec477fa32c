package io.resolute.client;

import io.resolute.protocol.UserId;
import java.util.List;

/**
 * Who is in a room.
 *
 * @param owner the member whose leaving closes the room; it may be this client itself
 * @param others everybody but this client, in the order in which they came
 */
public record RoomMembers(UserId owner, List<Member> others) {
  public RoomMembers {
    others = List.copyOf(others);
  }
}
