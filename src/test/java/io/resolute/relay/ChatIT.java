package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.ClientRoom;
import io.resolute.client.ConnectOptions;
import io.resolute.client.Invite;
import io.resolute.client.ResoluteClient;
import io.resolute.client.RoomListener;
import io.resolute.client.Trust;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.testing.ChatProcess;
import io.resolute.testing.ServerProcess;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first conversation of the README, with its own commands. */
class ChatIT {
  private static final int LEFT = 0;
  private static final int USAGE = 2;
  private static final int REFUSED = 4;
  private static final int CONNECTION_LOST = 5;

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = ServerProcess.startWithScript();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void twoTerminalsTalkAndAResetMakesAnUnusedInviteWorthless() {
    try (ChatProcess alice = create(server);
        ChatProcess bob = join(server, alice.invite(), "bob")) {
      alice.await("bob came in");
      bob.await("you are in \"test room\", with alice");
      alice.type("hello, bob");
      assertThat(bob.await("hello, bob")).isEqualTo("alice: hello, bob");
      bob.type("hëllo, alice");
      assertThat(alice.await("hëllo, alice")).isEqualTo("bob: hëllo, alice");

      alice.type("/invite");
      String unused = alice.invite();
      alice.type("/reset");
      alice.await("worthless");
      try (ChatProcess carol = join(server, unused, "carol")) {
        carol.await("!");
        assertThat(carol.exitStatus()).isEqualTo(REFUSED);
      }

      bob.type("/leave");
      assertThat(bob.exitStatus()).isEqualTo(LEFT);
      alice.await("bob left");
      alice.endInput();
      assertThat(alice.exitStatus()).isEqualTo(LEFT);
    }
  }

  @Test
  void tenTerminalsTalkSealedWhileSomeComeAndGo() {
    try (ChatProcess alice = create(server)) {
      alice.invite();
      alice.type("/forever");
      String forever = alice.invite();
      List<ChatProcess> others = new ArrayList<>();
      try {
        for (int i = 1; i < 10; i++) {
          others.add(join(server, forever, "guest" + i));
          alice.await("guest" + i + " came in");
        }
        alice.type("hello to nine");
        others.forEach(other -> other.await("alice: hello to nine"));

        ChatProcess leaver = others.remove(8);
        leaver.type("/leave");
        assertThat(leaver.exitStatus()).isEqualTo(LEFT);
        others.forEach(other -> other.await("guest9 left"));
        others.get(0).type("hello to those who stay");
        alice.await("guest1: hello to those who stay");
        others.get(7).await("guest1: hello to those who stay");

        others.add(join(server, forever, "late"));
        alice.await("late came in");
        others.get(0).await("late came in");
        others.get(0).type("hello, late one");
        assertThat(others.get(8).await("hello,")).isEqualTo("guest1: hello, late one");

        alice.type("/safety");
        String number = alice.await("safety number: ");
        for (ChatProcess other : others) {
          other.type("/safety");
          assertThat(other.await("safety number: ")).isEqualTo(number);
        }
      } finally {
        others.forEach(ChatProcess::close);
      }
    }
  }

  @Test
  void aForeverInviteLetsSeveralInAndTheOwnersEndIsTheRooms() {
    try (ChatProcess alice = create(server)) {
      alice.invite();
      alice.type("/forever");
      String forever = alice.invite();
      try (ChatProcess bob = join(server, forever, "bob");
          ChatProcess carol = join(server, forever, "carol")) {
        bob.await("you are in");
        carol.await("you are in");
        alice.await("carol came in");
        alice.type("/who");
        assertThat(alice.await("here:")).contains("bob (invited)", "carol (invited)");
        alice.type("/leave");
        bob.await("the room is closed");
        carol.await("the room is closed");
        assertThat(bob.exitStatus()).isEqualTo(LEFT);
        assertThat(carol.exitStatus()).isEqualTo(LEFT);
      }
    }
  }

  @Test
  void whatIsSaidToOneAloneIsMarked() {
    try (ChatProcess alice = create(server)) {
      Invite invite = Invite.parse(alice.invite());
      ConnectOptions options =
          ConnectOptions.builder().trust(Trust.pin(server.fingerprint())).build();
      try (ResoluteClient bob = ResoluteClient.connect(invite.server(), options).join()) {
        ClientRoom room = bob.join(invite, "bob", new RoomListener() {}).join();
        room.sendTo(room.members().get(0), "psst").join();
        alice.await("bob (to you alone): psst");
        room.sendToAll("hello").join();
        alice.await("bob: hello");
      }
    }
  }

  /** Sealed by a member, so that nothing but the terminal's own chat comes between. */
  @Test
  void whatAMemberWritesAndCallsTheRoomIsTextOnTheTerminal() {
    ConnectOptions options =
        ConnectOptions.builder().trust(Trust.pin(server.fingerprint())).build();
    URI uri = URI.create("wss://localhost:" + server.port() + "/v1");
    String clearScreen = "\u001B[2J\u001B]0;title\u0007\u009B31m";
    try (ResoluteClient mallory = ResoluteClient.connect(uri, options).join()) {
      ClientRoom room =
          mallory
              .createRoom("tea" + clearScreen + "\n* bob left", "mallory", new RoomListener() {})
              .join();
      String link = room.invite(KeyKind.ONE_TIME).join().toLink();
      try (ChatProcess alice = join(server, link, "alice")) {
        assertThat(alice.await("you are in"))
            .isEqualTo(
                "* you are in \"tea\uFFFD[2J\uFFFD]0;title\uFFFD\uFFFD31m\u23CE* bob left\","
                    + " with mallory");
        room.sendToAll("hi" + clearScreen + "\r\n* mallory left\u2028\u202Ekcab\r\b").join();
        assertThat(alice.await("mallory: "))
            .isEqualTo(
                "mallory: hi\uFFFD[2J\uFFFD]0;title\uFFFD\uFFFD31m\u23CE* mallory left\u23CE"
                    + "\uFFFDkcab\uFFFD\uFFFD");
      }
    }
  }

  @Test
  void aPrivateMessageSaysHowToAnswerItAloneAndTheAnswerIsForNobodyElse() {
    try (ChatProcess alice = create(server)) {
      alice.invite();
      alice.type("/forever");
      String forever = alice.invite();
      try (ChatProcess bob = join(server, forever, "bob")) {
        alice.await("bob came in");
        try (ChatProcess second = join(server, forever, "bob")) {
          second.await("you are called bob#2 here");
          alice.await("bob#2 came in");
          bob.await("bob#2 came in");
          second.type("/to alice psst");
          second.await("* to alice alone: psst");
          assertThat(alice.await("psst")).isEqualTo("bob#2 (to you alone): psst");
          alice.await("* /to bob#2 TEXT answers bob#2 alone");
          alice.type("/to bob#2 what is it?");
          assertThat(second.await("what is it?")).isEqualTo("alice (to you alone): what is it?");
          alice.type("hello, both");
          assertThat(bob.await("alice")).isEqualTo("alice: hello, both");
        }
      }
    }
  }

  @Test
  void aServerThatIsKilledIsALostConnection() {
    try (ServerProcess mortal = ServerProcess.startWithScript();
        ChatProcess alice = create(mortal)) {
      alice.invite();
      mortal.kill();
      assertThat(alice.await("!")).contains("the room and its invites are gone");
      assertThat(alice.exitStatus()).isEqualTo(CONNECTION_LOST);
    }
  }

  @Test
  void aDamagedInviteLeadsOutAgainAndAlarmsNobody() {
    try (ChatProcess alice = create(server)) {
      String invite = alice.invite();
      int middleOfSecret = invite.length() - 20;
      char damaged = invite.charAt(middleOfSecret) == 'x' ? 'y' : 'x';
      String other =
          invite.substring(0, middleOfSecret) + damaged + invite.substring(middleOfSecret + 1);
      try (ChatProcess bob = join(server, other, "bob")) {
        bob.await("! the invite may be damaged");
        assertThat(bob.exitStatus()).isEqualTo(USAGE);
      }
      assertThat(alice.await("came in")).startsWith("* nameless came in, and is left out");
      assertThat(alice.await("nameless")).isEqualTo("* nameless left");
    }
  }

  @Test
  void namesAreUnicodeWhereTheLocaleKnowsAsciiOnly() {
    Map<String, String> c = Map.of("LC_ALL", "C", "LANG", "C");
    try (ChatProcess alice = create(server);
        ChatProcess bob =
            ChatProcess.start(c, server, "join", alice.invite(), "--as", "Zo\u00EB\uD83D\uDC36")) {
      alice.await("Zo\u00EB\uD83D\uDC36 came in");
      bob.type("h\u00EBllo");
      alice.await("Zo\u00EB\uD83D\uDC36: h\u00EBllo");
    }
  }

  @Test
  void theServerPrintsACommandThatMakesARoom() {
    try (ChatProcess alice =
        ChatProcess.startCommand(server.printed("scripts/chat create .* --as "), "alice")) {
      alice.await("you are in");
    }
  }

  private static ChatProcess create(ServerProcess server) {
    String url = "wss://localhost:" + server.port() + "/v1";
    return ChatProcess.start(server, "create", "--as", "alice", "--name", "test room", url);
  }

  private static ChatProcess join(ServerProcess server, String invite, String name) {
    return ChatProcess.start(server, "join", invite, "--as", name);
  }
}
