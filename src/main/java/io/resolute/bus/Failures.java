package io.resolute.bus;

import io.vertx.core.eventbus.ReplyException;

/** Says what went wrong, for logs. */
public final class Failures {
  private Failures() {}

  /**
   * Returns the type of {@code failure} and where it was thrown. Never its message, which may quote
   * what a client sent.
   */
  public static String describe(Throwable failure) {
    if (failure instanceof ReplyException reply) {
      return "no reply on the event bus: " + reply.failureType();
    }
    StackTraceElement[] stack = failure.getStackTrace();
    String type = failure.getClass().getName();
    return stack.length == 0 ? type : type + " at " + stack[0];
  }
}
