package io.resolute.client;

import java.util.List;

/**
 * What became of a message.
 *
 * @param recipients how many connections the server has handed it to
 * @param unreached the members that were sent nothing, because their public key is of an unknown
 *     kind, or who left meanwhile
 */
public record SendResult(int recipients, List<Member> unreached) {
  public SendResult {
    unreached = List.copyOf(unreached);
  }
}
