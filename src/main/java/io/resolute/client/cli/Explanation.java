package io.resolute.client.cli;

import io.resolute.client.RequestRefusedException;
import io.resolute.client.ResoluteException;
import io.resolute.client.ServerNotTrustedException;
import io.resolute.protocol.ErrorCode;

/** Says what went wrong, and what can be done, to somebody at a terminal. */
final class Explanation {
  private Explanation() {}

  /** Returns one line. */
  static String of(ResoluteException failure) {
    if (failure instanceof ServerNotTrustedException) {
      return failure.getMessage()
          + "; a server that makes its certificate itself makes another at each start:"
          + " --pin takes the fingerprint that it prints then";
    }
    return failure instanceof RequestRefusedException refused
        ? of(refused.code())
        : String.valueOf(failure.getMessage());
  }

  private static String of(ErrorCode code) {
    return switch (code) {
      case BAD_KEY -> "the invite lets nobody in: it is used up or reset, or its room is gone";
      case FORBIDDEN -> "only the owner of the room can do this";
      case NOT_FOUND -> "you are not in the room any more";
      case TOO_LARGE -> "the server takes no text that long";
      case LIMIT_REACHED -> "the server has no room for this: a limit is reached";
      case RATE_LIMITED -> "too much at once for the server; wait a little";
      case UNAVAILABLE -> "the server cannot do this now; try again later";
      case BAD_PACKET,
          UNKNOWN_COMMAND,
          UNSUPPORTED_VERSION,
          ALREADY_JOINED,
          NO_SUCH_MEMBER,
          BAD_PUBLIC_KEY ->
          "the server refuses: " + code.wireName();
    };
  }
}
