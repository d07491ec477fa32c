package io.resolute.testing;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A room that a client owns, for tests: each method sends one request and waits for its answer.
 *
 * @param owner the client that made it
 * @param id the room's id
 * @param ownerId the owner's user id
 */
public record Room(RawClient owner, String id, String ownerId) {
  /** Makes a room. */
  public static Room create(RawClient owner) {
    owner.send(
        "create-room",
        "{'name':'test room','username':'alice','client_room_id':'1','public_key_string':'"
            + Keys.PEM
            + "'}");
    JsonNode room = owner.next("create-room").get("room");
    return new Room(owner, room.get("room_id").asText(), room.get("owner_id").asText());
  }

  /** Returns a new one-time key. */
  public String oneTimeKey() {
    owner.send("room-key-onetime", inRoom());
    return owner.next("room-key-onetime").get("one_time_key").asText();
  }

  /** Returns the forever key. */
  public String foreverKey() {
    owner.send("room-key-forever", inRoom());
    return owner.next("room-key-forever").get("forever_join_key").asText();
  }

  /** Lets {@code guest} in with a new one-time key and returns its user id. */
  public String admit(RawClient guest) {
    guest.send("join-room-onetime", joinOneTime(oneTimeKey()));
    String user = guest.next("joined").get("user_id").asText();
    owner.next("user-joined-onetime");
    return user;
  }

  /** Returns the {@code data} of a request that names only the room. */
  public String inRoom() {
    return "{'room_id':'" + id + "'}";
  }

  /** Returns the {@code data} of a join with a one-time key. */
  public String joinOneTime(String key) {
    return "{'room_id':'%s','one_time_key':'%s','username':'bob','public_key':'%s'}"
        .formatted(id, key, Keys.PEM);
  }

  /** Returns the packet of a join with a new one-time key, as a client sends it. */
  public String joinPacket() {
    return ("{'cmd':'join-room-onetime','data':" + joinOneTime(oneTimeKey()) + "}")
        .replace('\'', '"');
  }

  /** Returns the {@code data} of a join with the forever key. */
  public String joinForever(String key) {
    return "{'room_id':'%s','forever_key':'%s','username':'bob','public_key':'%s'}"
        .formatted(id, key, Keys.PEM);
  }

  /** Returns the {@code data} of a message to everybody. */
  public String toAll(String content) {
    return "{'room_id':'%s','content':'%s'}".formatted(id, content);
  }

  /** Returns the {@code data} of a message to one member. */
  public String toOne(String user, String content) {
    return "{'room_id':'%s','to_user_id':'%s','content':'%s'}".formatted(id, user, content);
  }
}
