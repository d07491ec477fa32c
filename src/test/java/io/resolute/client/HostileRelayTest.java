package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.Party.Line;
import io.resolute.client.Party.Seat;
import io.resolute.client.Party.Sent;
import io.resolute.client.Party.Shown;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a relay can do to the members of a sealed room: caught, named, and survived. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileRelayTest extends HostileRelayCase {
  private static final String GHOST = "G".repeat(32);

  @Test
  void withoutTamperingTwoTalk() throws Exception {
    say("hello there");
    assertThat(bob.told().next()).isEqualTo("alice: hello there");
    say(bob, "hello yourself");
    assertThat(alice.told().next()).isEqualTo("bob: hello yourself");
    assertThat(bob.name()).isEqualTo("kitchen table");
    assertThat(bob.safetyNumber()).isEqualTo(alice.safetyNumber());
  }

  @Test
  void aSwappedKeyIsNotSentAnything() throws Exception {
    relay.tamper(
        (client, frame) ->
            List.of(
                frame.getString("cmd").startsWith("user-joined")
                    ? with(frame, "public_key", newKey())
                    : frame));
    Seat carol = connectThird().join(invite, "carol");
    assertThat(alice.told().next()).isEqualTo(" joined NOT_ADMITTED");
    assertThat(bob.told().next()).isEqualTo(" joined NOT_ADMITTED");
    Sent sent = say("for bob");
    assertThat(sent.recipients()).isEqualTo(1);
    assertThat(sent.unreached()).containsExactly(carol.userId());
    assertThat(alice.members()).contains(new Shown(carol.userId(), "", "NOT_ADMITTED"));
    assertThat(bob.told().next()).isEqualTo("alice: for bob");
    assertThat(handedTo(carol.userId())).isEmpty();
  }

  @Test
  void aKeyThatIsSwappedForTheOneWhoJoinsIsNotSentAnything() throws Exception {
    relay.tamper(
        (client, frame) -> {
          if (frame.getString("cmd").equals("joined")) {
            JsonArray users = data(frame).getJsonArray("users");
            users.forEach(user -> ((JsonObject) user).put("public_key_string", newKey()));
          }
          return List.of(frame);
        });
    Seat carol = connectThird().join(invite, "carol");
    alice.told().await("carol joined VERIFIED");
    bob.told().await("carol joined VERIFIED");
    assertThat(carol.members()).extracting(Shown::status).containsOnly("NOT_ADMITTED");
    int before = relay.seen().size();
    assertThat(say(carol, "for nobody").recipients()).isZero();
    assertThat(relay.seen()).hasSize(before);
    assertThat(carol.safetyNumber()).isNotEqualTo(alice.safetyNumber());
  }

  @Test
  void aGhostIsNamedAndHandedNothing() throws Exception {
    relay.push(ALICE, userJoined(GHOST, newKey()));
    assertThat(alice.told().next()).isEqualTo(" joined NOT_ADMITTED");
    say("not for ghosts");
    assertThat(bob.told().next()).isEqualTo("alice: not for ghosts");
    keepsSecret("for a ghost alone");
    assertThat(alice.sayTo(GHOST, "for a ghost alone")).failsWithin(Duration.ofSeconds(20));
    assertThat(handedTo(GHOST)).isEmpty();
  }

  @Test
  void aReplayedBundleIsNamed() throws Exception {
    relay.push(ALICE, userJoined(GHOST, bobsKey()));
    assertThat(alice.told().next()).isEqualTo(" joined REPEATED_KEY");
    say("still for bob");
    assertThat(bob.told().next()).isEqualTo("alice: still for bob");
    assertThat(handedTo(GHOST)).isEmpty();
  }

  @Test
  void aBundleOfSomebodyWhoHasLeftIsNamed() throws Exception {
    bob.leave();
    assertThat(alice.told().next()).isEqualTo("bob left");
    relay.push(ALICE, userJoined(GHOST, bobsKey()));
    assertThat(alice.told().next()).isEqualTo(" joined REPEATED_KEY");
    assertThat(say("for nobody").recipients()).isZero();
  }

  @Test
  void onesOwnBundleIsNamed() throws Exception {
    String own =
        relay.seen().stream()
            .filter(frame -> frame.contains("public_key_string"))
            .map(frame -> data(new JsonObject(frame)).getString("public_key_string"))
            .findFirst()
            .orElseThrow();
    relay.push(ALICE, userJoined(GHOST, own));
    assertThat(alice.told().next()).isEqualTo(" joined OWN_KEY");
    say("still for bob");
    assertThat(bob.told().next()).isEqualTo("alice: still for bob");
  }

  @Test
  void aDamagedKeyIsNamed() throws Exception {
    Map<String, String> wanted =
        Map.of(
            bobsKey().trim(),
            "DAMAGED_KEY",
            bobsKey() + bobsKey(),
            "DAMAGED_KEY",
            bobsKey().replace("PUBLIC KEY", "OTHER KEY"),
            "UNSUPPORTED_KEY",
            "",
            "UNSUPPORTED_KEY");
    for (var one : wanted.entrySet()) {
      relay.push(ALICE, userJoined(GHOST, one.getKey()));
      assertThat(alice.told().next()).isEqualTo(" joined " + one.getValue());
      relay.push(ALICE, userLeft(GHOST));
      assertThat(alice.told().next()).isEqualTo(" left");
    }
    say("still for bob");
    assertThat(bob.told().next()).isEqualTo("alice: still for bob");
  }

  @Test
  void tellingOfAMemberAgainChangesNothing() throws Exception {
    relay.push(ALICE, userJoined(bob.userId(), bobsKey()));
    say("once more");
    assertThat(bob.told().next()).isEqualTo("alice: once more");
    say(bob, "and back");
    assertThat(alice.told().next()).isEqualTo("bob: and back");
    assertThat(alice.members()).containsExactly(new Shown(bob.userId(), "bob", "VERIFIED"));
  }

  @Test
  void anotherBundleUnderAKnownIdIsSomebodyElse() throws Exception {
    relay.push(ALICE, userJoined(bob.userId(), newKey()));
    assertThat(alice.told().next()).isEqualTo("bob left");
    assertThat(alice.told().next()).isEqualTo(" joined NOT_ADMITTED");
    assertThat(alice.members()).containsExactly(new Shown(bob.userId(), "", "NOT_ADMITTED"));
    assertThat(say("for nobody").recipients()).isZero();
    say(bob, "nobody hears this");
    assertThat(alice.told().next()).isEqualTo(" NOT_VERIFIED");
  }

  @Test
  void whoGetsTheIdOfOneWhoIsGoneIsNotSentWhatIsForThatOneAlone() throws Exception {
    Line toBob = alice.lineTo(bob.userId());
    relay.tamper(
        (client, frame) ->
            List.of(
                client == ALICE && frame.getString("cmd").startsWith("user-joined")
                    ? with(frame, "user_id", bob.userId())
                    : frame));
    connectThird().join(invite, "carol");
    assertThat(alice.told().next()).isEqualTo("bob left");
    assertThat(alice.told().next()).isEqualTo("carol joined VERIFIED");
    keepsSecret("for bob alone");
    assertThat(toBob.say("for bob alone")).failsWithin(Duration.ofSeconds(20));
    assertThat(handedTo(bob.userId())).isEmpty();
  }

  private List<String> handedTo(String id) {
    return relay.seen().stream()
        .filter(frame -> frame.contains("\"to_user_id\":\"" + id))
        .filter(frame -> !frame.contains("\"user_id\""))
        .toList();
  }

  private String bobsKey() {
    return relay.seen().stream()
        .filter(frame -> frame.contains("user-joined-forever"))
        .map(frame -> data(new JsonObject(frame)).getString("public_key"))
        .findFirst()
        .orElseThrow();
  }

  private JsonObject userJoined(String id, String key) {
    return event("user-joined-forever", id, "public_key", key);
  }

  private JsonObject userLeft(String id) {
    return event("user-left", id, "reason", "left");
  }

  private JsonObject event(String cmd, String id, String field, String value) {
    JsonObject data =
        new JsonObject()
            .put("room_id", alice.room())
            .put("room_name", "x")
            .put("user_id", id)
            .put("username", "x")
            .put(field, value);
    return new JsonObject().put("cmd", cmd).put("data", data);
  }
}
