package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.resolute.client.InvalidInviteException.Problem;
import io.resolute.client.e2ee.RoomSecret;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RoomId;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InviteTest {
  private static final String ROOM = "R0om".repeat(8);
  private static final String KEY = "K3yS".repeat(8);
  private static final String SECRET = ROOM + ".o." + KEY;

  @Test
  void aLinkNamesServerRoomKindAndKey() {
    Invite invite = Invite.parse("https://chat.example:5656/#" + SECRET);
    assertThat(invite.host()).isEqualTo("chat.example");
    assertThat(invite.port()).isEqualTo(5656);
    assertThat(invite.room()).isEqualTo(new RoomId(ROOM));
    assertThat(invite.kind()).isEqualTo(KeyKind.ONE_TIME);
    assertThat(invite.key()).isEqualTo(new JoinKey(KEY));
  }

  @Test
  void theServerIsAtItsWebSocketPath() {
    assertThat(Invite.parse("https://chat.example:5656/#" + SECRET).server())
        .isEqualTo(URI.create("wss://chat.example:5656/v1"));
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void whatIsWrittenIsRead(KeyKind kind) {
    Invite invite = new Invite("[::1]", 1, new RoomId(ROOM), kind, new JoinKey(KEY));
    assertThat(Invite.parse(invite.toLink())).isEqualTo(invite);
  }

  @Test
  void theLinkIsOfTheFormOfTheProtocol() {
    Invite invite =
        new Invite("chat.example", 443, new RoomId(ROOM), KeyKind.FOREVER, new JoinKey(KEY));
    assertThat(invite.toLink()).isEqualTo("https://chat.example:443/#" + ROOM + ".f." + KEY);
  }

  @Test
  void theSecretOfASealedRoomIsItsLastPart() {
    RoomSecret secret = RoomSecret.generate(new java.security.SecureRandom());
    Invite invite =
        new Invite(
            "chat.example", 443, new RoomId(ROOM), KeyKind.FOREVER, new JoinKey(KEY), secret);
    assertThat(invite.toLink())
        .isEqualTo("https://chat.example:443/#" + ROOM + ".f." + KEY + "." + secret.toText());
    assertThat(Invite.parse(invite.toLink())).isEqualTo(invite);
    assertThat(invite.requireSecret()).isSameAs(invite);
    assertThat(invite.toString()).isEqualTo("Invite[REDACTED]");
  }

  @Test
  void anInviteToARoomOfOldPeersIsNoneToASealedRoom() {
    InvalidInviteException failure =
        catchThrowableOfType(
            InvalidInviteException.class,
            () -> Invite.parse("https://chat.example/#" + SECRET).requireSecret());
    assertThat(failure.problem()).isEqualTo(Problem.NO_ROOM_SECRET);
  }

  @Test
  void withoutAPortItIs443() {
    assertThat(Invite.parse("https://chat.example/#" + SECRET).port()).isEqualTo(443);
    assertThat(Invite.parse("https://chat.example#" + SECRET).port()).isEqualTo(443);
  }

  @ParameterizedTest
  @CsvSource({
    "'', NOT_A_LINK",
    "hello, NOT_A_LINK",
    "' https://chat.example/#SECRET', NOT_A_LINK",
    "'https://chat.example/#SECRET ', NOT_A_LINK",
    "https://chat.example/#SECRET#x, NOT_A_LINK",
    "http://chat.example/#SECRET, NOT_HTTPS",
    "wss://chat.example/v1#SECRET, NOT_HTTPS",
    "https:SECRET, HOST",
    "https:///#SECRET, HOST",
    "https://chat_example/#SECRET, HOST",
    "https://chat.example:0/#SECRET, PORT",
    "https://chat.example:65536/#SECRET, PORT",
    "https://me@chat.example/#SECRET, EXTRA_PARTS",
    "https://chat.example/v1#SECRET, EXTRA_PARTS",
    "https://chat.example/?a=b#SECRET, EXTRA_PARTS",
    "https://chat.example/, PARTS",
    "https://chat.example/#, PARTS",
    "https://chat.example/#SECRET.more, ROOM_SECRET",
    "https://chat.example/#SECRET., ROOM_SECRET",
    "https://chat.example/#SECRET.SSSSS+, ROOM_SECRET",
    "https://chat.example/#ROOM.o, PARTS",
    "https://chat.example/#SECRET.a.b, PARTS",
    "https://chat.example/#short.o.KEY, ROOM_ID",
    "https://chat.example/#ROOM.x.KEY, KIND",
    "https://chat.example/#ROOM.O.KEY, KIND",
    "https://chat.example/#ROOM..KEY, KIND",
    "https://chat.example/#ROOM.o.short, JOIN_KEY",
    "https://chat.example/#ROOM.o.KEY%20, JOIN_KEY",
  })
  void aTextThatIsNoInviteIsRefusedAndNotQuoted(String template, Problem problem) {
    String text =
        template.replace("SECRET", "ROOM.o.KEY").replace("ROOM", ROOM).replace("KEY", KEY);
    InvalidInviteException failure =
        catchThrowableOfType(InvalidInviteException.class, () -> Invite.parse(text));
    assertThat(failure.problem()).isEqualTo(problem);
    assertThat(failure).hasNoCause().hasMessageNotContainingAny(ROOM, KEY, "example");
  }

  @Test
  void itsTextDoesNotGiveItAway() {
    assertThat(Invite.parse("https://chat.example/#" + SECRET).toString())
        .isEqualTo("Invite[REDACTED]");
  }

  @Test
  void aHostThatIsNoneIsRefused() {
    assertThatThrownBy(
            () -> new Invite("a/b", 1, new RoomId(ROOM), KeyKind.ONE_TIME, new JoinKey(KEY)))
        .isInstanceOf(InvalidInviteException.class);
  }
}
