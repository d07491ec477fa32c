package io.resolute.bench;

import java.net.URI;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;

/** Why something has failed, in a line for people. */
final class Reason {
  private static final String NO_DESCRIPTORS = "Too many open files";

  private Reason() {}

  /** Returns what lies at the bottom of a failure. */
  static String of(Throwable failure) {
    Throwable root = root(failure);
    if (root instanceof ClosedChannelException) { // Without a message.
      return "the connection is closed";
    }
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return root.getClass().getSimpleName();
    }
    if (message.contains(NO_DESCRIPTORS)) {
      return "the bench has no file descriptors left: raise `ulimit -n`";
    }
    return message.replaceAll("\\s+", " ").strip();
  }

  /** Returns why a server could not be talked to. */
  static String ofNone(URI uri, Throwable failure) {
    String hint = isTls(failure) ? " (--insecure takes any certificate)" : "";
    return "no room could be opened at " + uri + ": " + of(failure) + hint;
  }

  private static boolean isTls(Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof SSLException) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
