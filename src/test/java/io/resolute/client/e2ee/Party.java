package io.resolute.client.e2ee;

import io.resolute.protocol.RoomId;
import io.resolute.protocol.UserId;
import java.util.ArrayList;
import java.util.List;

/** One member of a room, and the room's whole wire for it, in the hands of a test. */
final class Party {
  static final RoomId ROOM = new RoomId("R".repeat(32));

  /** The room secret of every party that is not given another. */
  static final String SECRET = "Q".repeat(42) + "A";

  final UserId id;
  final String name;
  final Identity identity;
  final SealedRoom room;
  final String publicKey;
  final String username;

  Party(String name) {
    this(name, SECRET, ROOM);
  }

  Party(String name, String secret, RoomId where) {
    this.name = name;
    id = new UserId(name.repeat(32).substring(0, 32));
    CountedRandom random = new CountedRandom(name);
    identity = Identity.generate(random);
    SealedEntrance entrance =
        new SealedEntrance(identity, RoomSecret.parse(secret).orElseThrow(), random);
    publicKey = entrance.publicKey();
    username = entrance.sealUsername(name);
    room = entrance.enter(where);
  }

  /** Makes all of them know each other. */
  static void meet(Party... parties) {
    for (Party one : parties) {
      for (Party other : parties) {
        if (one != other) {
          one.room.admit(other.id, other.publicKey);
        }
      }
    }
  }

  /** Returns what this party sends when it says something to all. */
  List<Sealed> says(String text) {
    return room.sealForAll(text);
  }

  /** Takes what {@code from} sent, as far as it is for this party, as an honest relay has it. */
  List<Opened> takes(Party from, List<Sealed> sent) {
    List<Opened> opened = new ArrayList<>();
    for (Sealed part : sent) {
      if (part.to() == null || part.to().equals(id)) {
        opened.add(room.open(from.id, part.content()));
      }
    }
    return opened;
  }

  /** Returns the last thing that this party makes of what {@code from} sent. */
  Opened hears(Party from, List<Sealed> sent) {
    List<Opened> opened = takes(from, sent);
    return opened.get(opened.size() - 1);
  }

  static Opened text(String text) {
    return new Opened.Text(text, Audience.ROOM, 0);
  }

  static Opened rejected(Rejection why) {
    return new Opened.Rejected(why);
  }
}
