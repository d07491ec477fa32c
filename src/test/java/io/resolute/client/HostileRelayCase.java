package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.Party.Seat;
import io.resolute.client.Party.Sent;
import io.resolute.client.e2ee.SealedScheme;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Alice and bob, each with the client of either language, in a room behind a relay that does what a
 * test wants. Whatever it does, it has got nothing to read, and not the room's secret.
 */
@ParameterizedClass(name = "alice {0}, bob {1}")
@MethodSource("casts")
@SuppressWarnings("NullAway.Init") // JUnit sets the parameters.
abstract class HostileRelayCase {
  static final int ALICE = 0;
  static final int BOB = 1;
  static final int CAROL = 2;

  private static Puppet puppet;

  @Parameter(0)
  Language alicesLanguage;

  @Parameter(1)
  Language bobsLanguage;

  HostileRelay relay;
  Seat alice;
  Seat bob;
  String invite;

  private final List<Party> parties = new ArrayList<>();
  private final Set<String> said = new HashSet<>(Set.of("kitchen table"));

  static Stream<Arguments> casts() {
    return Stream.of(Language.values())
        .flatMap(one -> Stream.of(Language.values()).map(other -> Arguments.of(one, other)));
  }

  @BeforeAll
  static void startPuppet() {
    puppet = Puppet.start();
  }

  @AfterAll
  static void endPuppet() {
    puppet.close();
  }

  @BeforeEach
  void meet() throws Exception {
    relay = new HostileRelay();
    alice = connect(alicesLanguage).create("kitchen table", "alice");
    invite = alice.invite(KeyKind.FOREVER);
    bob = connect(bobsLanguage).join(invite, "bob");
    alice.told().await("bob joined VERIFIED");
  }

  @AfterEach
  void part() {
    parties.forEach(Party::close);
    relay.close();
    said.add(invite.substring(invite.lastIndexOf('.') + 1));
    assertThat(Seen.everything(relay.seen())).doesNotContain(said);
  }

  /** Connects a third client: what alice does to it, she does to one of the other language. */
  Party connectThird() {
    return connect(alicesLanguage == Language.JAVA ? Language.TYPESCRIPT : Language.JAVA);
  }

  private Party connect(Language language) {
    Party party = relay.connect(language, puppet);
    parties.add(party);
    return party;
  }

  /** Returns the client of alice or bob. */
  Party party(int number) {
    return parties.get(number);
  }

  Sent say(String text) {
    return say(alice, text);
  }

  Sent say(Seat seat, String text) {
    said.add(text);
    return JavaParty.await(seat.say(text));
  }

  /** Returns what TypeScript clients have drawn that must never be sent. */
  static List<String> drawn() {
    return puppet.drawn();
  }

  /** Has no relay see this, which is no base64: chance would see to that. */
  void keepsSecret(String text) {
    said.add(text);
  }

  /** Somebody comes in and leaves, so that all who stay begin new chains. */
  void comeAndGo() throws InterruptedException {
    Seat carol = connectThird().join(invite, "carol");
    alice.told().await("carol joined VERIFIED");
    carol.leave();
    alice.told().await("carol left");
  }

  static String newKey() {
    return SealedScheme.strict(new SecureRandom()).createRoom().publicKey();
  }

  static boolean isMessage(JsonObject frame) {
    return frame.getString("cmd").equals("send-message");
  }

  static JsonObject with(JsonObject frame, String field, String value) {
    return withData(frame, data -> data.put(field, value));
  }

  static JsonObject withData(JsonObject frame, UnaryOperator<JsonObject> change) {
    return frame.copy().put("data", change.apply(data(frame).copy()));
  }

  static JsonObject data(JsonObject frame) {
    return frame.getJsonObject("data");
  }
}
