package io.resolute.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who says things in a room. All messages of one speaker begin with the same bytes, which
 * are encoded for the first one and kept, unless they are many. Not for use by several threads at
 * once.
 */
public final class Speaker {
  // JSON spells some characters in six bytes, and nobody counts what is kept twice.
  private static final int LONGEST_KEPT = 512;

  private final RoomId room;
  private final UserId user;
  private final String username;
  private byte @Nullable [] head;

  /**
   * Makes somebody who has said nothing yet.
   *
   * @param username opaque
   */
  public Speaker(RoomId room, UserId user, String username) {
    this.room = room;
    this.user = user;
    this.username = username;
  }

  /** Returns the room that is spoken in. */
  public RoomId room() {
    return room;
  }

  /** Returns who speaks. */
  public UserId user() {
    return user;
  }

  /** Returns what the speaker is called. */
  public String username() {
    return username;
  }

  /** Returns what every frame with a message of this speaker begins with, up to its content. */
  byte[] head() {
    byte[] known = head;
    if (known == null) {
      known = PacketJson.headOf(this);
      head = known.length <= LONGEST_KEPT ? known : null;
    }
    return known;
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStringField("room_id", room.value());
    json.writeStringField("user_id", user.value());
    json.writeStringField("username", username);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Speaker speaker
        && room.equals(speaker.room)
        && user.equals(speaker.user)
        && username.equals(speaker.username);
  }

  @Override
  public int hashCode() {
    return Objects.hash(room, user, username);
  }

  /** Hides the ids and the name, so that none ends up in a log. */
  @Override
  public String toString() {
    return "Speaker[hidden]";
  }
}
