package io.resolute.client.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a person, or a script, types and reads. The methods that print are safe for any thread. */
interface Console extends AutoCloseable {
  /** Returns whether somebody sits there, and not a script. */
  boolean isForPeople();

  /**
   * Returns the next line, or null when there will be none. Blocks; where lines are edited, an
   * interrupt ends it. A line that is longer than any message is left out.
   *
   * @param prompt shown before the line where lines are edited
   */
  @Nullable String readLine(String prompt);

  /** Returns whether more is there to be read by now than was read. Does not wait for it. */
  boolean hasMore();

  /** Prints a line: what somebody said, or a notice. */
  void print(String line);

  /**
   * Prints an invite, on a line of its own; where somebody sits, before that also for a telephone's
   * camera, if there is space.
   *
   * @param explanation lines that stand below
   */
  void printInvite(String link, List<String> explanation);

  /** Draws the invite that was printed last for a telephone's camera, or says why not. */
  void drawInvite();

  /** Prints a line that says that something could not be done. */
  void printError(String line);

  /** Gives back the terminal. Closing again does nothing. */
  @Override
  void close();
}
