package io.resolute.client;

/** Nothing can be sent to the member: it is gone, or its public key is of an unknown kind. */
public final class MemberUnreachableException extends ResoluteException {
  private static final long serialVersionUID = 1L;

  MemberUnreachableException() {
    super("the member cannot be reached", null);
  }
}
