package io.resolute.client.e2ee;

import io.resolute.protocol.UserId;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Members of a room whose identities are made once, because that is what takes time, and whose
 * rooms can be begun again for each input of a fuzzer.
 */
final class Cast {
  final Member alice = new Member("alice");
  final Member bob = new Member("bob");
  final Member carol = new Member("carol");

  static final class Member {
    final UserId id;
    final Identity identity;
    final Speaker speaker;
    final String publicKey;

    private Member(String name) {
      id = new UserId(name.repeat(32).substring(0, 32));
      CountedRandom random = new CountedRandom(name);
      identity = Identity.generate(random);
      speaker = new Speaker(Party.ROOM, identity, random);
      publicKey = entrance().publicKey();
    }

    private SealedEntrance entrance() {
      RoomSecret secret = RoomSecret.parse(Party.SECRET).orElseThrow();
      return new SealedEntrance(identity, secret, speaker.random());
    }

    Bundle bundle() {
      return identity.bundle();
    }

    /** Returns this member's side of the room, with nobody else in it. Not to be wiped. */
    SealedRoom enter() {
      return entrance().enter(Party.ROOM);
    }
  }

  /** How far a hostile member keeps to the rules, so that each check behind them is reached. */
  enum Depth {
    /** The input is an envelope. */
    WIRE(0),
    /** The input is what a member signs. */
    SIGNED(1),
    /** The input is what a member encrypts and signs. */
    SEALED(2);

    private final int code;

    Depth(int code) {
      this.code = code;
    }

    /** Returns what the first byte of an input says. */
    static Depth of(ByteBuffer input) {
      int first = input.hasRemaining() ? input.get() & 0xFF : 0;
      return switch (first % 3) {
        case 0 -> WIRE;
        case 1 -> SIGNED;
        default -> SEALED;
      };
    }

    byte[] in(byte[]... parts) {
      return Bytes.concat(new byte[] {(byte) code}, Bytes.concat(parts));
    }
  }

  static byte[] rest(ByteBuffer input) {
    byte[] rest = new byte[input.remaining()];
    input.get(rest);
    return rest;
  }

  static byte[] bytes(Envelope envelope) {
    return Base64.getDecoder().decode(envelope.encode());
  }

  /** Reads an envelope as it would come in. */
  static Envelope envelope(byte[] bytes) throws RejectedException {
    return Envelope.parse(Base64.getEncoder().encodeToString(bytes));
  }
}
