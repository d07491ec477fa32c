package io.resolute.client.e2ee;

import io.resolute.protocol.RoomId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * This client as one that speaks in a room.
 *
 * @param random drawn from for every key and encapsulation
 */
record Speaker(RoomId room, Identity identity, SecureRandom random) {
  /** Returns what all that this client says is bound to. */
  byte[] origin() {
    return originOf(room, identity.bundle().hash());
  }

  /** Returns what all that one member says in one room is bound to: 64 bytes. */
  static byte[] originOf(RoomId room, BundleHash member) {
    return Bytes.concat(room.value().getBytes(StandardCharsets.US_ASCII), member.bytes());
  }
}
