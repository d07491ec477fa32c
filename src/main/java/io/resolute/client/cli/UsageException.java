package io.resolute.client.cli;

/** The command line is not of the right form, in a way that only shows when it is acted on. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
