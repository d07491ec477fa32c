package io.resolute.client.cli;

import org.jspecify.annotations.Nullable;

/** Where a person, or a script, types and reads. The methods that print are safe for any thread. */
interface Console extends AutoCloseable {
  /**
   * Returns the next line, or null when there will be none. Blocks; where lines are edited, an
   * interrupt ends it.
   *
   * @param prompt shown before the line where lines are edited
   */
  @Nullable String readLine(String prompt);

  /** Prints a line: what somebody said, an invite, or a notice. */
  void print(String line);

  /** Prints an invite, on a line of its own; where somebody sits, also for a telephone's camera. */
  default void printInvite(String link) {
    print(link);
  }

  /** Prints a line that says that something could not be done. */
  void printError(String line);

  /** Gives back the terminal. */
  @Override
  void close();
}
