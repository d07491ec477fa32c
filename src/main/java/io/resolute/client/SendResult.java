package io.resolute.client;

import java.util.List;

/**
 * What became of a message.
 *
 * @param recipients how many connections of members who can read it the server has handed it to, as
 *     it says
 * @param unreached the members that were sent nothing, because their public key is not one to
 *     trust, or who left meanwhile
 */
public record SendResult(int recipients, List<Member> unreached) {
  public SendResult {
    unreached = List.copyOf(unreached);
  }
}
