package io.resolute.bench;

import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;

/** Why something has failed, in a line for people. */
final class Reason {
  private static final String NO_DESCRIPTORS = "Too many open files";

  private Reason() {}

  /**
   * Has this class ready: once descriptors have run out, no class can be loaded to say that they
   * have.
   */
  static void prepare() {
    // To be called is enough.
  }

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
    String hint = isOfCertificate(failure) ? " (--insecure takes any certificate)" : "";
    return "no room could be opened at " + uri + ": " + of(failure) + hint;
  }

  private static boolean isOfCertificate(Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof GeneralSecurityException) {
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
