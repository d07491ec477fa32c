package io.resolute.client.cli;

import io.resolute.client.ConnectFailedException;
import io.resolute.client.ConnectionLostException;
import io.resolute.client.InvalidInviteException;
import io.resolute.client.RequestRefusedException;
import io.resolute.client.ResoluteException;
import io.resolute.client.ServerNotTrustedException;

/** What the process ends with. The texts are shown by {@code --help}. */
enum ExitCode {
  LEFT(0, "You left, or the room was closed."),
  FAILED(1, "Something failed that should not, or something in piped input could not be done."),
  USAGE(2, "The command line or the invite is not right."),
  NOT_CONNECTED(3, "The server could not be reached, or is not one."),
  REFUSED(4, "The server refused: the invite is used up, or a limit is reached."),
  CONNECTION_LOST(5, "The connection was lost."),
  NOT_TRUSTED(6, "The server's certificate is not trusted.");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** Returns the exit status. */
  int code() {
    return code;
  }

  /** Returns what it says, for people. */
  String meaning() {
    return meaning;
  }

  /** Returns what the process ends with when it cannot go on because of {@code failure}. */
  static ExitCode of(ResoluteException failure) {
    if (failure instanceof ServerNotTrustedException) {
      return NOT_TRUSTED;
    }
    if (failure instanceof ConnectFailedException) {
      return NOT_CONNECTED;
    }
    if (failure instanceof ConnectionLostException) {
      return CONNECTION_LOST;
    }
    if (failure instanceof InvalidInviteException) {
      return USAGE;
    }
    return failure instanceof RequestRefusedException ? REFUSED : FAILED;
  }
}
