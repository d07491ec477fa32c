package io.resolute.client;

import io.resolute.protocol.ErrorCode;

/** The server has answered with an error. */
public final class RequestRefusedException extends ResoluteException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  RequestRefusedException(ErrorCode code) {
    super("the server refuses: " + code.wireName(), null);
    this.code = code;
  }

  /** Returns the error's code, which tells whether to try again. */
  public ErrorCode code() {
    return code;
  }
}
