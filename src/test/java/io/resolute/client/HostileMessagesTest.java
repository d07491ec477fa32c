package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.Party.Seat;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a relay can do to what is said in a sealed room: caught, named, and survived. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileMessagesTest extends HostileRelayCase {
  @Test
  void aReplayIsNamedAndReadOnce() throws Exception {
    relay.tamper((client, frame) -> isMessage(frame) ? List.of(frame, frame) : List.of(frame));
    say("said once");
    assertThat(bob.told().next()).isEqualTo("alice STALE_KEY");
    assertThat(bob.told().next()).isEqualTo("alice: said once");
    assertThat(bob.told().next()).isEqualTo("alice REPLAYED");
    goOn();
  }

  @Test
  void messagesInAnotherOrderAreNoticedAndRead() throws Exception {
    say("the zeroth");
    assertThat(bob.told().next()).isEqualTo("alice: the zeroth");
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
    assertThat(bob.told().next()).isEqualTo("alice misses 1");
    assertThat(bob.told().next()).isEqualTo("alice: the second");
    assertThat(bob.told().next()).isEqualTo("alice: the first");
    goOn();
  }

  @Test
  void aDroppedMessageIsNoticedWithTheNextOne() throws Exception {
    say("the zeroth");
    assertThat(bob.told().next()).isEqualTo("alice: the zeroth");
    dropping(1, () -> say("one dropped"));
    say("the next one");
    assertThat(bob.told().next()).isEqualTo("alice misses 1");
    assertThat(bob.told().next()).isEqualTo("alice: the next one");
  }

  @Test
  void aDroppedKeyIsNamedAndTheNextKeyIsRead() throws Exception {
    dropping(2, () -> say("with its key"));
    say("without a key");
    assertThat(bob.told().next()).isEqualTo("alice UNKNOWN_KEY");
    comeAndGo();
    say("on the next chain");
    bob.told().await("alice: on the next chain");
  }

  @Test
  void aTruncatedMessageIsNamed() throws Exception {
    say("the zeroth");
    assertThat(bob.told().next()).isEqualTo("alice: the zeroth");
    changing(content -> content.substring(0, content.length() - 4), "BAD_SIGNATURE");
    changing(content -> content.substring(0, 8), "MALFORMED");
    changing(content -> content.substring(0, 9), "MALFORMED");
    changing(content -> "", "MALFORMED");
    changing(content -> " " + content, "MALFORMED");
    changing(content -> "A".repeat(50_000), "MALFORMED");
  }

  @Test
  void aFlippedBitIsNamed() throws Exception {
    say("the zeroth");
    assertThat(bob.told().next()).isEqualTo("alice: the zeroth");
    for (int at : new int[] {8, 40, 200, 400}) {
      changing(content -> changed(content, at), "BAD_SIGNATURE");
    }
    for (int at : new int[] {0, 1, 2, 3}) {
      changing(content -> changed(content, at), "UNSUPPORTED");
    }
  }

  @Test
  void aChangedKeyIsNamedAndTheNextKeyIsRead() throws Exception {
    relay.tamper((client, frame) -> List.of(isMessage(frame) ? changed(frame, 1000) : frame));
    say("its key is changed, and so is it, and longer than its key: " + "x".repeat(1000));
    assertThat(bob.told().next()).isEqualTo("alice BAD_SIGNATURE");
    assertThat(bob.told().next()).isEqualTo("alice BAD_SIGNATURE");
    relay.tamper((client, frame) -> List.of(frame));
    say("without a key");
    assertThat(bob.told().next()).isEqualTo("alice UNKNOWN_KEY");
    comeAndGo();
    say("on the next chain");
    bob.told().await("alice: on the next chain");
  }

  @Test
  void aMessageThatIsMovedToAnotherRoomIsNamed() throws Exception {
    Seat alice2 = party(ALICE).create("other", "alice");
    Seat bob2 = party(BOB).join(alice2.invite(KeyKind.ONE_TIME), "bob");
    relay.tamper(
        (client, frame) ->
            List.of(isMessage(frame) ? with(frame, "room_id", alice2.room()) : frame));
    say("for the kitchen table");
    assertThat(bob2.told().next()).isEqualTo("alice BAD_SIGNATURE");
    assertThat(bob2.told().next()).isEqualTo("alice BAD_SIGNATURE");
    relay.tamper((client, frame) -> List.of(frame));
    say(alice2, "for the other");
    assertThat(bob2.told().next()).isEqualTo("alice: for the other");
  }

  @Test
  void aForgedSenderIsNamed() throws Exception {
    Seat carol = connectThird().join(invite, "carol");
    bob.told().await("carol joined VERIFIED");
    alice.told().await("carol joined VERIFIED");
    relay.tamper(
        (client, frame) ->
            List.of(
                isMessage(frame) && client == BOB
                    ? with(frame, "user_id", carol.userId())
                    : frame));
    say("I am carol");
    assertThat(bob.told().next()).isEqualTo("carol BAD_SIGNATURE");
    assertThat(bob.told().next()).isEqualTo("carol BAD_SIGNATURE");
    relay.tamper((client, frame) -> List.of(frame));
    say(carol, "I am");
    assertThat(bob.told().next()).isEqualTo("carol: I am");
  }

  @Test
  void aSenderWhomNobodyKnowsIsNamed() throws Exception {
    relay.tamper(
        (client, frame) ->
            List.of(isMessage(frame) ? with(frame, "user_id", "N".repeat(32)) : frame));
    say("from nobody");
    assertThat(bob.told().next()).isEqualTo(" NOT_VERIFIED");
    assertThat(bob.told().next()).isEqualTo(" NOT_VERIFIED");
    relay.tamper((client, frame) -> List.of(frame));
    comeAndGo();
    say("on the next chain");
    bob.told().await("alice: on the next chain");
  }

  @Test
  void aMessageThatIsSentBackToItsSenderIsNamed() throws Exception {
    List<JsonObject> sent = new CopyOnWriteArrayList<>();
    relay.tamper(
        (client, frame) -> {
          if (isMessage(frame)) {
            sent.add(with(frame, "user_id", bob.userId()));
          }
          return List.of(frame);
        });
    say("mine alone");
    assertThat(bob.told().next()).isEqualTo("alice: mine alone");
    sent.forEach(frame -> relay.push(ALICE, frame));
    assertThat(alice.told().next()).isEqualTo("bob BAD_SIGNATURE");
    assertThat(alice.told().next()).isEqualTo("bob BAD_SIGNATURE");
    goOn();
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
    bob.told().await("alice: on the first chain");
    relay.tamper((client, frame) -> List.of(frame));
    comeAndGo();
    say("on the second chain");
    bob.told().await("alice: on the second chain");
    old.forEach(frame -> relay.push(BOB, frame));
    assertThat(bob.told().next()).isEqualTo("alice STALE_KEY");
    assertThat(bob.told().next()).isEqualTo("alice RETIRED_KEY");
    goOn();
  }

  @Test
  void anOversizedGapIsNamedAndTheNextChainIsRead() throws Exception {
    say("the zeroth");
    assertThat(bob.told().next()).isEqualTo("alice: the zeroth");
    AtomicInteger dropped = new AtomicInteger();
    relay.tamper(
        (client, frame) ->
            isMessage(frame) && dropped.incrementAndGet() <= 257 ? List.of() : List.of(frame));
    for (int i = 0; i < 257; i++) {
      say("one dropped");
    }
    say("too far ahead");
    assertThat(bob.told().next()).isEqualTo("alice GAP_TOO_LARGE");
    comeAndGo();
    say("on the next chain");
    bob.told().await("alice: on the next chain");
  }

  private void goOn() throws InterruptedException {
    relay.tamper((client, frame) -> List.of(frame));
    say("going on");
    assertThat(bob.told().next()).isEqualTo("alice: going on");
    say(bob, "and back");
    assertThat(alice.told().next()).isEqualTo("bob: and back");
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

  private void changing(UnaryOperator<String> how, String rejection) throws Exception {
    relay.tamper(
        (client, frame) ->
            List.of(
                isMessage(frame)
                    ? with(frame, "content", how.apply(data(frame).getString("content")))
                    : frame));
    say("changed on its way");
    assertThat(bob.told().next()).isEqualTo("alice " + rejection);
    relay.tamper((client, frame) -> List.of(frame));
    say("as it was");
    assertThat(bob.told().next()).startsWith("alice misses ");
    assertThat(bob.told().next()).isEqualTo("alice: as it was");
  }

  private static JsonObject changed(JsonObject frame, int at) {
    return with(frame, "content", changed(data(frame).getString("content"), at));
  }

  private static String changed(String content, int at) {
    char other = content.charAt(at) == 'A' ? 'B' : 'A';
    return content.substring(0, at) + other + content.substring(at + 1);
  }
}
