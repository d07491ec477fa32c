package io.resolute.client.e2ee;

/** Carries a {@link Rejection} up to {@link SealedRoom}, and not out of it. */
final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rejection rejection;

  RejectedException(Rejection rejection) {
    // No trace: a peer must not make this client spend time on filling one in.
    super(rejection.name(), null, false, false);
    this.rejection = rejection;
  }

  Rejection rejection() {
    return rejection;
  }
}
