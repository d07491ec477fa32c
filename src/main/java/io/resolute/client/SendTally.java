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
  private final int readers;
  private int recipients;
  private boolean keyLost;

  /**
   * Starts at nothing.
   *
   * @param unreachable who is sent nothing
   * @param readers how many can read the message; the server also hands it to those who cannot
   */
  SendTally(List<Member> unreachable, int readers) {
    this.readers = readers;
    unreached = new ArrayList<>(unreachable);
  }

  /**
   * Counts the answer to one part.
   *
   * @param isText whether the part is the text itself
   * @param recipient whom the part was for; null for everybody
   */
  @Nullable Void count(
      boolean isText,
      ServerPacket.@Nullable MessageSent sent,
      @Nullable Throwable failure,
      @Nullable Member recipient) {
    if (sent != null) {
      recipients += isText ? sent.recipients() : 0;
    } else if (recipient != null && isGone(failure)) {
      keyLost |= !isText;
      if (!unreached.contains(recipient)) {
        unreached.add(recipient);
      }
    } else {
      throw new CompletionException(failure);
    }
    return null;
  }

  /** Returns whether somebody did not get what later messages take for granted. */
  boolean isKeyLost() {
    return keyLost;
  }

  SendResult result() {
    return new SendResult(Math.min(recipients, readers), unreached);
  }

  private static boolean isGone(@Nullable Throwable failure) {
    return failure instanceof RequestRefusedException refused
        && refused.code() == ErrorCode.NO_SUCH_MEMBER;
  }
}
