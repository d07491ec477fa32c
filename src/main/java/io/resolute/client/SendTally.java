package io.resolute.client;

import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.ServerPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Adds up what became of the parts of one message. For the connection's thread alone. */
final class SendTally {
  private final List<Member> unreached;
  private int recipients;

  SendTally(List<Member> unreachable) {
    unreached = new ArrayList<>(unreachable);
  }

  /**
   * Counts the answer to one part.
   *
   * @param recipient whom the part was for; null for everybody
   */
  @Nullable Void count(
      ServerPacket.@Nullable MessageSent sent,
      @Nullable Throwable failure,
      @Nullable Member recipient) {
    if (sent != null) {
      recipients += sent.recipients();
    } else if (recipient != null && isGone(failure)) {
      unreached.add(recipient);
    } else {
      throw new CompletionException(failure);
    }
    return null;
  }

  SendResult result() {
    return new SendResult(recipients, unreached);
  }

  private static boolean isGone(@Nullable Throwable failure) {
    return failure instanceof RequestRefusedException refused
        && refused.code() == ErrorCode.NO_SUCH_MEMBER;
  }
}
