package io.resolute.bench;

/** A run is worth nothing: a server was wrong, or could not be reached. The message says how. */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Fault(String what) {
    super(what);
  }

  Fault(String what, Throwable cause) {
    super(what, cause);
  }
}
