package io.resolute.relay;

import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.TestServer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Joins that are all to be refused alike, and the rooms for them. All frames of one command have
 * the same length, so that nothing but the server can tell them apart.
 */
final class RefusedJoins implements AutoCloseable {
  /** The configuration in which a room with a guest is full. */
  static final String CONFIG = "'limits':{'membersPerRoom':2}";

  private static final String NEVER_DRAWN = "A".repeat(32);
  private static final String ILL_FORMED = "-".repeat(32);

  private final RawClient owner;
  private final RawClient guest;
  private final Room open;
  private final Room full;
  private final Map<String, String> oneTime = new LinkedHashMap<>();
  private final Map<String, String> forever = new LinkedHashMap<>();

  RefusedJoins(TestServer server) {
    owner = server.connect();
    guest = server.connect();
    open = Room.create(owner);
    full = Room.create(owner);
    String resetOneTime = open.oneTimeKey();
    String resetForever = open.foreverKey();
    owner.send("reset-room-keys", open.inRoom()).next("reset-room-keys");
    String spent = spend();
    full.admit(guest);
    Room closed = Room.create(owner);
    String closedOneTime = closed.oneTimeKey();
    String closedForever = closed.foreverKey();
    owner.send("close-room", closed.inRoom()).next("close-room");

    oneTime.put("a reset key", join("onetime", open.id(), resetOneTime));
    oneTime.put("a spent key", join("onetime", open.id(), spent));
    oneTime.put("a closed room", join("onetime", closed.id(), closedOneTime));
    forever.put("a reset key", join("forever", open.id(), resetForever));
    forever.put("a spent key", join("forever", open.id(), spent));
    forever.put("a closed room", join("forever", closed.id(), closedForever));
    oneTime.put("a key of the other kind", join("onetime", open.id(), open.foreverKey()));
    forever.put("a key of the other kind", join("forever", open.id(), open.oneTimeKey()));
    oneTime.put("a key of another room", join("onetime", open.id(), full.oneTimeKey()));
    forever.put("a key of another room", join("forever", open.id(), full.foreverKey()));
    addForBoth("no room", NEVER_DRAWN, NEVER_DRAWN);
    addForBoth("a wrong key", open.id(), NEVER_DRAWN);
    addForBoth("a wrong key of a full room", full.id(), NEVER_DRAWN);
    addForBoth("an ill-formed room id", ILL_FORMED, NEVER_DRAWN);
    addForBoth("an ill-formed key", open.id(), ILL_FORMED);
    addForBoth("an ill-formed key of no room", NEVER_DRAWN, ILL_FORMED);
  }

  private String spend() {
    String key = open.oneTimeKey();
    guest.send("join-room-onetime", open.joinOneTime(key)).next("joined");
    guest.send("leave-room", open.inRoom()).next("leave-room");
    owner.next("user-joined-onetime");
    owner.next("user-left");
    return key;
  }

  private void addForBoth(String name, String room, String key) {
    oneTime.put(name, join("onetime", room, key));
    forever.put(name, join("forever", room, key));
  }

  private static String join(String kind, String room, String key) {
    String field = kind.equals("onetime") ? "one_time_key" : "forever_key";
    return ("{'cmd':'join-room-" + kind + "','id':'1','data':{'room_id':'" + room + "','" + field)
            .replace('\'', '"')
        + ("':'" + key + "','username':'eve','public_key':'" + Keys.PEM + "'}}").replace('\'', '"');
  }

  /** Returns frames of {@code join-room-onetime} by what is wrong with them. */
  Map<String, String> oneTime() {
    return oneTime;
  }

  /** Returns frames of {@code join-room-forever} by what is wrong with them. */
  Map<String, String> forever() {
    return forever;
  }

  /** Returns the room that is there, with a free seat and valid keys. */
  Room open() {
    return open;
  }

  @Override
  public void close() {
    owner.close();
    guest.close();
  }
}
