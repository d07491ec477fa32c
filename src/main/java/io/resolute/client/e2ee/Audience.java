package io.resolute.client.e2ee;

import java.util.Optional;

/** Whom a chain of message keys is for. */
enum Audience {
  /** Every verified member of the room. */
  ROOM(1),
  /** One member alone. */
  ONE_MEMBER(2);

  private final byte code;

  Audience(int code) {
    this.code = (byte) code;
  }

  /** Returns how an {@link Envelope} spells it. */
  byte code() {
    return code;
  }

  static Optional<Audience> of(byte code) {
    for (Audience audience : values()) {
      if (audience.code == code) {
        return Optional.of(audience);
      }
    }
    return Optional.empty();
  }
}
