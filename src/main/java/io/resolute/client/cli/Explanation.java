package io.resolute.client.cli;

import io.resolute.client.ConnectFailedException;
import io.resolute.client.RequestRefusedException;
import io.resolute.client.RequestTimeoutException;
import io.resolute.client.ResoluteException;
import io.resolute.protocol.ErrorCode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;

/** Says what went wrong, and what can be done, to somebody at a terminal. */
final class Explanation {
  private Explanation() {}

  /** Returns one line. */
  static String of(ResoluteException failure) {
    if (failure instanceof RequestTimeoutException) {
      return "the server has not answered in time; it may or may not have done it";
    }
    return failure instanceof RequestRefusedException refused
        ? of(refused.code())
        : String.valueOf(failure.getMessage());
  }

  /** Returns one line about a server that no connection could be made to. */
  static String of(ConnectFailedException failure, URI server) {
    String tried = server.getAuthority();
    boolean refused = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
        return "there is no host with the name %s".formatted(server.getHost());
      }
      if (cause instanceof HttpTimeoutException) {
        return "nobody answers at %s in time: it is off, or something in between drops it"
            .formatted(tried);
      }
      if (cause instanceof WebSocketHandshakeException) {
        return "what answers at %s is no Rësolute server: it opens no WebSocket at %s"
            .formatted(tried, server.getPath());
      }
      if (cause instanceof NoRouteToHostException) {
        return "there is no way to %s in the network".formatted(tried);
      }
      refused |= cause instanceof ConnectException;
    }
    if (refused) {
      return "nothing listens at %s: is the server running, and is it this port?".formatted(tried);
    }
    return "%s (%s)".formatted(failure.getMessage(), tried);
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
