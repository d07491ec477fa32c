package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.e2ee.PeerStatus;
import io.resolute.client.e2ee.SealedScheme;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything that a relay can do to a sealed room: caught, named, and survived. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileRelayTest {
  private static final int BOB = 1;
  private static final String GHOST = "G".repeat(32);

  private final Witness aliceTold = new Witness();
  private final Witness bobTold = new Witness();
  private final List<ResoluteClient> clients = new ArrayList<>();
  private final Set<String> said = new HashSet<>(Set.of("kitchen table", "alice"));
  private HostileRelay relay;
  private ClientRoom alice;
  private ClientRoom bob;
  private Invite invite;

  @BeforeEach
  void meet() throws Exception {
    relay = new HostileRelay();
    alice = connect().createRoom("kitchen table", "alice", aliceTold).join();
    invite = alice.invite(KeyKind.FOREVER).join();
    bob = connect().join(invite, "bob", bobTold).join();
    aliceTold.await("bob joined VERIFIED");
  }

  @AfterEach
  void part() {
    clients.forEach(ResoluteClient::close);
    clients.forEach(client -> client.terminated().join());
    relay.close();
    // Whatever it did, it has got nothing to read, and not the secret.
    said.add(Objects.requireNonNull(invite.secret()).toText());
    assertThat(Seen.everything(relay.seen())).doesNotContain(said);
  }

  @Test
  void withoutTamperingTwoTalk() throws Exception {
    say("hello there");
    assertThat(bobTold.next()).isEqualTo("alice: hello there");
    say(bob, "hello yourself");
    assertThat(aliceTold.next()).isEqualTo("bob: hello yourself");
    assertThat(bob.name()).isEqualTo("kitchen table");
    assertThat(bob.safetyNumber().join()).isPresent().isEqualTo(alice.safetyNumber().join());
  }

  @Test
  void aSwappedKeyIsNotSentAnything() throws Exception {
    relay.tamper(
        (client, frame) -> List.of(onJoin(frame, data -> data.put("public_key", newKey()))));
    connect().join(invite, "carol", new Witness()).join();
    assertThat(aliceTold.next()).isEqualTo(" joined NOT_ADMITTED");
    assertThat(bobTold.next()).isEqualTo(" joined NOT_ADMITTED");
    SendResult sent = say(alice, "for bob");
    assertThat(sent.recipients()).isEqualTo(1);
    assertThat(sent.unreached()).extracting(Member::status).containsOnly(PeerStatus.NOT_ADMITTED);
    assertThat(bobTold.next()).isEqualTo("alice: for bob");
  }

  @Test
  void aKeyThatIsSwappedForTheOneWhoJoinsIsNotSentAnything() throws Exception {
    relay.tamper(
        (client, frame) -> {
          if (frame.getString("cmd").equals("joined")) {
            JsonArray users = frame.getJsonObject("data").getJsonArray("users");
            users.forEach(user -> ((JsonObject) user).put("public_key_string", newKey()));
          }
          return List.of(frame);
        });
    ClientRoom carol = connect().join(invite, "carol", new Witness()).join();
    aliceTold.await("carol joined VERIFIED");
    bobTold.await("carol joined VERIFIED");
    assertThat(carol.members()).extracting(Member::status).containsOnly(PeerStatus.NOT_ADMITTED);
    int before = relay.seen().size();
    assertThat(say(carol, "for nobody").recipients()).isZero();
    assertThat(relay.seen()).hasSize(before);
    assertThat(carol.safetyNumber().join()).isNotEqualTo(alice.safetyNumber().join());
  }

  @Test
  void aGhostIsNamedAndHandedNothing() throws Exception {
    relay.push(0, userJoined(GHOST, newKey()));
    assertThat(aliceTold.next()).isEqualTo(" joined NOT_ADMITTED");
    say("not for ghosts");
    assertThat(bobTold.next()).isEqualTo("alice: not for ghosts");
    assertThat(relay.seen()).noneMatch(frame -> frame.contains("\"to_user_id\":\"" + GHOST));
    said.add("for a ghost alone");
    assertThat(alice.sendTo(new UserId(GHOST), "for a ghost alone"))
        .failsWithin(Duration.ofSeconds(20));
  }

  @Test
  void aReplayedBundleIsNamed() throws Exception {
    String bobsKey =
        relay.seen().stream()
            .filter(frame -> frame.contains("user-joined-forever"))
            .map(frame -> new JsonObject(frame).getJsonObject("data").getString("public_key"))
            .findFirst()
            .orElseThrow();
    relay.push(0, userJoined(GHOST, bobsKey));
    assertThat(aliceTold.next()).isEqualTo(" joined REPEATED_KEY");
    say("still for bob");
    assertThat(bobTold.next()).isEqualTo("alice: still for bob");
  }

  @Test
  void aReplayIsNamedAndReadOnce() throws Exception {
    relay.tamper((client, frame) -> isMessage(frame) ? List.of(frame, frame) : List.of(frame));
    say("said once");
    assertThat(bobTold.next()).isEqualTo("alice STALE_KEY");
    assertThat(bobTold.next()).isEqualTo("alice: said once");
    assertThat(bobTold.next()).isEqualTo("alice REPLAYED");
  }

  @Test
  void messagesInAnotherOrderAreNoticedAndRead() throws Exception {
    say("the zeroth");
    List<JsonObject> held = new CopyOnWriteArrayList<>();
    relay.tamper(
        (client, frame) -> {
          if (!isMessage(frame)) {
            return List.of(frame);
          }
          held.add(0, frame);
          return held.size() == 2 ? List.copyOf(held) : List.of();
        });
    say("the first");
    say("the second");
    assertThat(bobTold.next()).isEqualTo("alice: the zeroth");
    assertThat(bobTold.next()).isEqualTo("alice misses 1");
    assertThat(bobTold.next()).isEqualTo("alice: the second");
    assertThat(bobTold.next()).isEqualTo("alice: the first");
  }

  @Test
  void aDroppedMessageIsNoticedWithTheNextOne() throws Exception {
    say("the zeroth");
    assertThat(bobTold.next()).isEqualTo("alice: the zeroth");
    dropping(1, () -> say("one dropped"));
    say("the next one");
    assertThat(bobTold.next()).isEqualTo("alice misses 1");
    assertThat(bobTold.next()).isEqualTo("alice: the next one");
  }

  @Test
  void aDroppedKeyIsNamedAndTheNextKeyIsRead() throws Exception {
    dropping(2, () -> say("with its key"));
    say("without a key");
    assertThat(bobTold.next()).isEqualTo("alice UNKNOWN_KEY");
    comeAndGo();
    say("on the next chain");
    bobTold.await("alice: on the next chain");
  }

  @Test
  void aTruncatedMessageIsNamed() throws Exception {
    say("the zeroth");
    assertThat(bobTold.next()).isEqualTo("alice: the zeroth");
    changing(content -> content.substring(0, content.length() - 4), "BAD_SIGNATURE");
    changing(content -> content.substring(0, 8), "MALFORMED");
    changing(content -> "", "MALFORMED");
  }

  @Test
  void aFlippedBitIsNamed() throws Exception {
    say("the zeroth");
    assertThat(bobTold.next()).isEqualTo("alice: the zeroth");
    for (int at : new int[] {8, 40, 200, 400}) {
      changing(
          content -> {
            char other = content.charAt(at) == 'A' ? 'B' : 'A';
            return content.substring(0, at) + other + content.substring(at + 1);
          },
          "BAD_SIGNATURE");
    }
  }

  @Test
  void aMessageThatIsMovedToAnotherRoomIsNamed() throws Exception {
    Witness bobTold2 = new Witness();
    ClientRoom alice2 = clients.get(0).createRoom("other", "alice", new Witness()).join();
    clients.get(1).join(alice2.invite(KeyKind.ONE_TIME).join(), "bob", bobTold2).join();
    relay.tamper(
        (client, frame) ->
            List.of(isMessage(frame) ? with(frame, "room_id", alice2.id().value()) : frame));
    say("for the kitchen table");
    assertThat(bobTold2.next()).isEqualTo("alice BAD_SIGNATURE");
    assertThat(bobTold2.next()).isEqualTo("alice BAD_SIGNATURE");
  }

  @Test
  void aForgedSenderIsNamed() throws Exception {
    ClientRoom carol = connect().join(invite, "carol", new Witness()).join();
    bobTold.await("carol joined VERIFIED");
    relay.tamper(
        (client, frame) ->
            List.of(
                isMessage(frame) && client == BOB
                    ? with(frame, "user_id", carol.userId().value())
                    : frame));
    say("I am carol");
    assertThat(bobTold.next()).isEqualTo("carol BAD_SIGNATURE");
    assertThat(bobTold.next()).isEqualTo("carol BAD_SIGNATURE");
  }

  @Test
  void anOldSenderKeyIsNamedAndTurnsNothingBack() throws Exception {
    List<JsonObject> old = new CopyOnWriteArrayList<>();
    relay.tamper(
        (client, frame) -> {
          if (isMessage(frame)) {
            old.add(frame);
          }
          return List.of(frame);
        });
    say("on the first chain");
    bobTold.await("alice: on the first chain");
    relay.tamper((client, frame) -> List.of(frame));
    comeAndGo();
    say("on the second chain");
    bobTold.await("alice: on the second chain");
    old.forEach(frame -> relay.push(BOB, frame));
    assertThat(bobTold.next()).isEqualTo("alice STALE_KEY");
    assertThat(bobTold.next()).isEqualTo("alice RETIRED_KEY");
    say("going on");
    assertThat(bobTold.next()).isEqualTo("alice: going on");
  }

  @Test
  void anOversizedGapIsNamedAndTheNextChainIsRead() throws Exception {
    say("the zeroth");
    assertThat(bobTold.next()).isEqualTo("alice: the zeroth");
    AtomicInteger dropped = new AtomicInteger();
    relay.tamper(
        (client, frame) ->
            isMessage(frame) && dropped.incrementAndGet() <= 257 ? List.of() : List.of(frame));
    for (int i = 0; i < 257; i++) {
      say("one dropped");
    }
    say("too far ahead");
    assertThat(bobTold.next()).isEqualTo("alice GAP_TOO_LARGE");
    comeAndGo();
    say("on the next chain");
    bobTold.await("alice: on the next chain");
  }

  /** Drops as many messages on their way to bob while {@code action} is under way. */
  private void dropping(int messages, Runnable action) throws InterruptedException {
    CountDownLatch dropped = new CountDownLatch(messages);
    relay.tamper(
        (client, frame) -> {
          if (!isMessage(frame) || client != BOB) {
            return List.of(frame);
          }
          dropped.countDown();
          return List.of();
        });
    action.run();
    // The server may have answered the sender before.
    assertThat(dropped.await(20, TimeUnit.SECONDS)).isTrue();
    relay.tamper((client, frame) -> List.of(frame));
  }

  /** Somebody comes in and leaves, so that all who stay begin new chains. */
  private void comeAndGo() throws InterruptedException {
    ClientRoom carol = connect().join(invite, "carol", new Witness()).join();
    aliceTold.await("carol joined VERIFIED");
    carol.leave().join();
    aliceTold.await("carol left");
  }

  private void changing(UnaryOperator<String> how, String rejection) throws Exception {
    relay.tamper(
        (client, frame) ->
            List.of(
                isMessage(frame)
                    ? with(frame, "content", how.apply(data(frame).getString("content")))
                    : frame));
    say("changed on its way");
    assertThat(bobTold.next()).isEqualTo("alice " + rejection);
    relay.tamper((client, frame) -> List.of(frame));
    say("as it was");
    assertThat(bobTold.next()).startsWith("alice misses ");
    assertThat(bobTold.next()).isEqualTo("alice: as it was");
  }

  private void say(String text) {
    say(alice, text);
  }

  private SendResult say(ClientRoom room, String text) {
    said.add(text);
    return room.sendToAll(text).join();
  }

  private ResoluteClient connect() {
    ResoluteClient client = relay.connect();
    clients.add(client);
    return client;
  }

  private static String newKey() {
    return SealedScheme.strict(new SecureRandom()).createRoom().publicKey();
  }

  private JsonObject userJoined(String id, String key) {
    JsonObject data =
        new JsonObject()
            .put("room_id", alice.id().value())
            .put("room_name", "x")
            .put("user_id", id)
            .put("username", "x")
            .put("public_key", key);
    return new JsonObject().put("cmd", "user-joined-forever").put("data", data);
  }

  private static JsonObject onJoin(JsonObject frame, UnaryOperator<JsonObject> change) {
    boolean join = frame.getString("cmd").startsWith("user-joined");
    return join ? frame.copy().put("data", change.apply(data(frame).copy())) : frame;
  }

  private static boolean isMessage(JsonObject frame) {
    return frame.getString("cmd").equals("send-message");
  }

  private static JsonObject with(JsonObject frame, String field, String value) {
    return frame.copy().put("data", data(frame).copy().put(field, value));
  }

  private static JsonObject data(JsonObject frame) {
    return frame.getJsonObject("data");
  }
}
