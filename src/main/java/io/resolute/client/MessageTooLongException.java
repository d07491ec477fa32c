package io.resolute.client;

/** The message is longer than the room's encryption can carry. Nobody was sent any of it. */
public final class MessageTooLongException extends ResoluteException {
  private static final long serialVersionUID = 1L;

  private final int length;
  private final int limit;

  MessageTooLongException(int length, int limit) {
    super("the message has " + length + " bytes, and at most " + limit + " fit", null);
    this.length = length;
    this.limit = limit;
  }

  /** Returns the length of the message, in bytes of UTF-8. */
  public int length() {
    return length;
  }

  /** Returns the length of the longest message, in bytes of UTF-8. */
  public int limit() {
    return limit;
  }
}
