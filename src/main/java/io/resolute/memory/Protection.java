package io.resolute.memory;

import org.jspecify.annotations.Nullable;

/**
 * How well some memory is kept.
 *
 * @param locked whether it is never swapped to disk
 * @param undumped whether it is left out of core files
 * @param mend what is missing and what to do about it, for the person who runs the server; null if
 *     nothing is
 */
public record Protection(boolean locked, boolean undumped, @Nullable String mend) {

  /** Returns what it is, for the person who runs the server: what stands behind "it is". */
  public String inWords() {
    if (locked) {
      return "locked into memory" + (undumped ? " and " : ", but not ") + "left out of core files";
    }
    return undumped
        ? "left out of core files, but not locked, so that it may be swapped"
        : "neither locked, so that it may be swapped, nor left out of core files";
  }
}
