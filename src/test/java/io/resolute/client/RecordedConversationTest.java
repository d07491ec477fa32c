package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.JavaParty.JavaSeat;
import io.resolute.client.Party.Seat;
import io.resolute.client.e2ee.Secret;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a relay has that keeps every byte that crosses it, whichever clients talk. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordedConversationTest extends HostileRelayCase {
  private static final int SECRET_BYTES = 32;

  @Test
  void noTextNoNameAndNoSecretCrossesTheServer() throws Exception {
    Seat carol = party(ALICE).create("roomname-x7", "username-carol");
    Seat dave = party(BOB).join(carol.invite(KeyKind.ONE_TIME), "username-dave");
    carol.told().await("username-dave joined VERIFIED");
    say(carol, "plaintext-one");
    dave.told().await("username-carol: plaintext-one");
    JavaParty.await(dave.sayTo(carol.userId(), "plaintext-two"));
    carol.told().await("username-dave to one: plaintext-two");
    assertThat(dave.listed()).isEqualTo(dave.members());
    String link = carol.invite(KeyKind.FOREVER);
    carol.resetKeys();
    List<Secret> held = new ArrayList<>();
    for (Seat seat : List.of(carol, dave)) {
      if (seat instanceof JavaSeat java) {
        held.addAll(Secret.allOf(Inside.cipher(java.seat())));
      }
    }
    dave.leave();
    carol.told().await("username-dave left");
    carol.end();

    List<String> drawn = drawn();
    String seen = Seen.everything(relay.seen());
    String secret = link.substring(link.lastIndexOf('.') + 1);
    assertThat(seen)
        .contains("send-message", software(alicesLanguage), software(bobsLanguage))
        .doesNotContain("plaintext", "username-", "roomname-x7", secret);
    assertThat(held).noneMatch(each -> each.isIn(Seen.bytes(relay.seen())));
    assertThat(drawn.stream().flatMap(RecordedConversationTest::parts)).noneMatch(seen::contains);
    if (alicesLanguage == Language.TYPESCRIPT) {
      byte[] bytes = Base64.getUrlDecoder().decode(secret);
      assertThat(drawn).contains(new String(bytes, StandardCharsets.ISO_8859_1));
    } else {
      assertThat(held).hasSizeGreaterThan(5);
    }
  }

  @Test
  void whoComesInLaterReadsNothingFromBeforeAlsoIfTheRelayHasKeptIt() throws Exception {
    List<JsonObject> kept = new ArrayList<>();
    say("the first");
    say("the second");
    bob.told().await("alice: the second");
    for (String frame : relay.seen()) {
      // As it was on its way to bob: with its sender.
      if (isMessage(new JsonObject(frame)) && frame.contains("\"user_id\"")) {
        kept.add(new JsonObject(frame));
      }
    }
    Seat carol = connectThird().join(invite, "carol");
    alice.told().await("carol joined VERIFIED");
    kept.forEach(frame -> relay.push(CAROL, frame));
    assertThat(carol.told().next()).isEqualTo("alice BAD_SIGNATURE");
    assertThat(carol.told().next()).isEqualTo("alice UNKNOWN_KEY");
    assertThat(carol.told().next()).isEqualTo("alice UNKNOWN_KEY");
    say("the third");
    assertThat(carol.told().next()).isEqualTo("alice: the third");
    kept.forEach(frame -> relay.push(CAROL, frame));
    assertThat(carol.told().next()).isEqualTo("alice BAD_SIGNATURE");
    assertThat(carol.told().next()).isEqualTo("alice BEFORE_KEY");
    assertThat(carol.told().next()).isEqualTo("alice BEFORE_KEY");
  }

  @Test
  void whoHasLeftIsHandedNoKeyOfWhatIsSaidAfterwards() throws Exception {
    Seat carol = connectThird().join(invite, "carol");
    alice.told().await("carol joined VERIFIED");
    say("with carol");
    bob.told().await("alice: with carol");
    assertThat(chainsOf(alice)).hasSize(1);
    say("on the same chain");
    bob.told().await("alice: on the same chain");
    assertThat(chainsOf(alice)).hasSize(1);
    carol.leave();
    alice.told().await("carol left");
    int before = relay.seen().size();
    say("without carol");
    bob.told().await("alice: without carol");
    assertThat(chainsOf(alice)).hasSize(2);
    List<String> after = relay.seen().subList(before, relay.seen().size());
    assertThat(after).noneMatch(frame -> frame.contains("\"to_user_id\":\"" + carol.userId()));
  }

  /** Returns the ids of the chains that somebody has spoken on, which everybody can see. */
  private Set<String> chainsOf(Seat speaker) {
    Set<String> chains = new HashSet<>();
    for (String frame : relay.seen()) {
      JsonObject packet = new JsonObject(frame);
      if (isMessage(packet) && speaker.userId().equals(data(packet).getString("user_id"))) {
        byte[] envelope = Base64.getDecoder().decode(data(packet).getString("content"));
        if (envelope[1] == 2) {
          chains.add(new String(envelope, 3, 16, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return chains;
  }

  /** What is drawn for more than one use is as secret in its parts. */
  private static Stream<String> parts(String drawn) {
    return Stream.iterate(0, at -> at + SECRET_BYTES <= drawn.length(), at -> at + SECRET_BYTES)
        .map(at -> drawn.substring(at, at + SECRET_BYTES));
  }

  private static String software(Language language) {
    return language == Language.JAVA ? "resolute-java" : "resolute-js";
  }
}
