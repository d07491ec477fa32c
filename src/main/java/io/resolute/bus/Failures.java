package io.resolute.bus;

/** Says what went wrong, for logs. */
public final class Failures {
  private Failures() {}

  /**
   * Returns the type of {@code failure} and where it was thrown. Never its message, which may quote
   * what a client sent.
   */
  public static String describe(Throwable failure) {
    StackTraceElement[] stack = failure.getStackTrace();
    String type = failure.getClass().getName();
    return stack.length == 0 ? type : type + " at " + stack[0];
  }
}
