package io.resolute.memory;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What JNA writes to standard error, with stack traces, where it cannot unpack its library. {@link
 * Protection} says it in words.
 */
public final class NativeWarnings {
  // Kept, as the level of a logger that nobody keeps may be forgotten before it is used.
  private static final Logger LOGGER = Logger.getLogger("com.sun.jna.Native");

  private NativeWarnings() {}

  /** Has JNA write nothing, in the whole process. To be called before anything else is here. */
  public static void silence() {
    LOGGER.setLevel(Level.OFF);
  }
}
