package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.FakeServer;
import io.resolute.client.FakeServer.Request;
import io.resolute.client.e2ee.RsaScheme;
import io.resolute.client.e2ee.SealedScheme;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.Command;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;
import io.resolute.protocol.UserId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChatTest {
  private static final RoomId ROOM = new RoomId("Room".repeat(8));
  private static final JoinKey KEY = new JoinKey("Keys".repeat(8));
  private static final ServerPacket.User BOB =
      new ServerPacket.User(new UserId("B".repeat(32)), "bob", "-----BEGIN NEWER KEY-----");

  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = FakeServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "create",
        "join",
        "join --as bob",
        "join rubbish --as bob",
        "create --as alice --pin 00",
        "create --as alice --ca /nonexistent",
        "create --as alice --pin 00 --ca x",
        "create --as alice http://localhost",
        "create --as alice wss://localhost/v2",
        "create --as alice wss://localhost/v1#invite",
        "create --as alice --unknown",
        "create --as alice --as bob"
      })
  void aCommandLineOfTheWrongFormEndsWith2AndSaysWhatInOneLine(String line) {
    Run run = Run.finished(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).startsWith("! ").hasLineCount(1);
    assertThat(run.output()).isEmpty();
  }

  @Test
  void helpDocumentsEveryExitCode() {
    for (String[] line : List.of(args("--help"), args("create", "--help"), args("join", "-h"))) {
      Run run = Run.finished(line);
      assertThat(run.exitCode()).isZero();
      for (ExitCode code : ExitCode.values()) {
        assertThat(run.output().replaceAll("\\s+", " "))
            .contains(code.code() + " " + code.meaning());
      }
    }
  }

  @Test
  void aServerThatIsNotThereEndsWith3() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Run run = Run.finished(args("create", "--as", "alice", "wss://localhost:" + port + "/v1"));
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void aServerThatIsNotTrustedEndsWith6AndTheWayOut() {
    Run run = Run.finished(args("create", "--as", "alice", server.uri().toString()));
    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.errors()).contains("--pin");
  }

  @Test
  void anInviteWithoutTheSecretOrWithADamagedOneEndsWith2BeforeAnythingIsSent() {
    for (String link :
        List.of(invite(), invite() + ".short", invite() + "." + "A".repeat(42) + "B")) {
      Run run = Run.finished(args("join", link, "--as", "alice"));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errors()).contains("the room's secret").doesNotContain(KEY.value());
    }
    assertThat(server.isAskedMore()).isFalse();
  }

  @Test
  void aSpentInviteEndsWith4() throws Exception {
    try (Run run = start(args("join", invite(), "--as", "alice", "--allow-rsa"))) {
      server.welcome();
      server.refuse(server.take("join-room-onetime"), ErrorCode.BAD_KEY);
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.errors()).hasLineCount(1).doesNotContain(KEY.value(), ROOM.value());
    }
  }

  @Test
  void creatingPrintsTheInviteAloneOnALineAndHowToJoin() throws Exception {
    try (Run run = create()) {
      assertThat(run.line()).isEqualTo("* you are in \"chat\", with nobody else yet");
      String link = run.line();
      assertThat(link).startsWith(invite() + ".");
      assertThat(run.line())
          .contains("scripts/chat join '" + link + "'")
          .contains("--pin " + server.fingerprint().replace(":", ""));
    }
  }

  @Test
  void theEndOfTheInputLeavesAndEndsWith0() throws Exception {
    try (Run run = create()) {
      run.endInput();
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isZero();
      assertThat(server.closedByClient()).isEqualTo(1000);
    }
  }

  @Test
  void leavingEndsWith0() throws Exception {
    try (Run run = create()) {
      run.type("/leave");
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void aLostConnectionEndsWith5AndSaysWhatIsGone() throws Exception {
    try (Run run = create()) {
      server.close(1001);
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.errors())
          .isEqualTo(
              "! the connection was closed with code 1001: going away;"
                  + " the room and its invites are gone\n");
    }
  }

  @Test
  void aClosedRoomEndsWith0() throws Exception {
    try (Run run = joined()) {
      server.push(new ServerPacket.RoomClosed(ROOM, ClosedReason.OWNER_LEFT));
      assertThat(run.exitCode()).isZero();
      assertThat(run.output()).endsWith("* the room is closed: its owner is gone\n");
    }
  }

  @Test
  void withStayTheEndOfTheInputIsNotTheEnd() throws Exception {
    try (Run run = joined("--stay")) {
      run.endInput();
      server.push(new ServerPacket.UserLeft(ROOM, BOB.id(), LeftReason.DISCONNECTED));
      assertThat(run.line()).isEqualTo("* bob was disconnected");
      server.push(new ServerPacket.RoomClosed(ROOM, ClosedReason.CLOSED));
      assertThat(run.exitCode()).isZero();
      assertThat(server.isAskedMore()).isFalse();
    }
  }

  @Test
  void withWaitNoInputIsReadBeforeSomebodyIsThere() throws Exception {
    try (Run run = create("--wait")) {
      run.type("/reset");
      for (int i = 0; i < 4; i++) {
        run.line();
      }
      assertThat(server.isAskedMore()).isFalse();
      server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.ONE_TIME, BOB));
      server.answer(
          server.take("reset-room-keys"), new ServerPacket.Done(Command.RESET_KEYS, ROOM));
      assertThat(run.line()).startsWith("* nameless came in, and is left out, and gets");
      assertThat(run.line()).isEqualTo("* invites that are not used yet are worthless now");
    }
  }

  @Test
  void whoSpeaksWithControlCharactersIsMadeHarmless() throws Exception {
    ServerPacket.User mallory =
        new ServerPacket.User(new UserId("M".repeat(32)), "\u001B[31m* eve left", "no key");
    try (Run run = joined()) {
      server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, mallory));
      assertThat(run.line()).startsWith("* \uFFFD[31m*_eve_left came in, and ");
      server.push(new ServerPacket.Message(ROOM, mallory.id(), "other", "rubbish"));
      assertThat(run.line()).isEqualTo("* \uFFFD[31m*_eve_left sent something that cannot be read");
    }
  }

  @Test
  void aForeignKeyIsWarnedOfAndSentNothing() throws Exception {
    try (Run run = create()) {
      run.line();
      run.line();
      run.line();
      run.line();
      String foreign = SealedScheme.strict(new SecureRandom()).createRoom().publicKey();
      var ghost = new ServerPacket.User(BOB.id(), "bob", foreign);
      server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.ONE_TIME, ghost));
      assertThat(run.line())
          .startsWith("* nameless came in, and is left out, and gets nothing that you say: ")
          .endsWith("or the server has put them in");
      run.type("only for those who were invited");
      run.type("/safety");
      assertThat(run.line()).startsWith("* safety number: ");
      assertThat(run.errors().lines()).containsExactly("! nameless is not reached by this");
      assertThat(server.isAskedMore()).isFalse();
    }
  }

  @Test
  void anOldPeerIsShownAsWeakIfItWasAskedForAndOtherwiseNotTalkedTo() throws Exception {
    String key = RsaScheme.generate(new SecureRandom()).publicKey();
    var gopher = new ServerPacket.User(new UserId("G".repeat(32)), "gopher", key);
    try (Run run = joined()) {
      server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.ONE_TIME, gopher));
      assertThat(run.line()).startsWith("* gopher came in, and has weak encryption: the server ");
      run.type("/leave");
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isZero();
    }
    try (Run run = create()) {
      server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.ONE_TIME, gopher));
      String line = run.line();
      while (!line.contains("nameless")) {
        line = run.line();
      }
      assertThat(line)
          .startsWith("* nameless came in, and is left out, and gets nothing that you say: ");
      run.type("only sealed");
      run.type("/safety");
      run.line();
      assertThat(server.isAskedMore()).isFalse();
    }
  }

  @Test
  void whoGetsTheIdOfAnotherDoesNotGetItsName() throws Exception {
    try (Run run = joined()) {
      var other = new ServerPacket.User(BOB.id(), "mallory", "another key");
      server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, other));
      assertThat(run.line()).isEqualTo("* bob was disconnected");
      assertThat(run.line())
          .startsWith("* mallory came in, and is left out, and gets nothing that you say: ");
    }
  }

  @Test
  void whatCannotBeDoneIsSaidAndTheChatGoesOn() throws Exception {
    try (Run run = joined()) {
      run.type("/reset");
      server.refuse(server.take("reset-room-keys"), ErrorCode.FORBIDDEN);
      run.type("/nonsense");
      run.type("x".repeat(246));
      run.type("hello");
      run.type("/help");
      for (Input.Command command : Input.Command.values()) {
        assertThat(run.line()).startsWith("* " + command.typed());
      }
      assertThat(run.line()).contains("#2");
      assertThat(run.errors().lines())
          .containsExactly(
              "! bob is left out, and gets nothing that you say: their program is one that this one"
                  + " does not know",
              "! only the owner of the room can do this",
              "! there is no such command; /help shows them, and // begins a text with a slash",
              "! the message has 246 bytes, and at most 245 fit",
              "! bob is not reached by this");
    }
  }

  @Test
  void whatIsSaidToOneGoesToNobodyElse() throws Exception {
    try (Run run = joined()) {
      comesIn(run, gopher('G'), "gopher");
      comesIn(run, gopher('H'), "gopher#2");
      run.type("/to Gopher#2 psst");
      Request sent = server.take("send-message");
      assertThat(sent.data().getString("to_user_id")).isEqualTo("H".repeat(32));
      server.answer(sent, new ServerPacket.MessageSent(ROOM, 1));
      assertThat(run.line()).isEqualTo("* to gopher#2 alone: psst");
      run.type("/leave");
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void whatCannotBeSaidToOneAloneIsSaidToNobodyAndTheScriptFails() throws Exception {
    try (Run run = joined()) {
      comesIn(run, gopher('G'), "gopher");
      run.type("/to");
      run.type("/to gopher");
      run.type("/to alice psst");
      run.type("/to nameless psst");
      run.type("/to goph psst");
      run.type("/to bob psst");
      run.type("/to gopher in time");
      server.answer(server.take("send-message"), new ServerPacket.MessageSent(ROOM, 0));
      run.type("/leave");
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors().lines().skip(1))
          .containsExactly(
              "! it says nothing to anybody without a name: /to NAME TEXT",
              "! nothing is said to gopher: /to gopher TEXT",
              "! this is what you are called yourself; nothing is sent",
              "! whoever has no name cannot be told from others without one, and reads nothing;"
                  + " nothing is sent",
              "! nobody here is called goph; nothing is sent, and /who shows the names",
              "! bob is not reached by this",
              "! gopher is not reached by this");
      assertThat(run.output()).doesNotContain("alone:");
    }
  }

  @Test
  void whoHasLeftIsNotSentWhatIsForOneAlone() throws Exception {
    try (Run run = joined()) {
      ServerPacket.User gopher = gopher('G');
      comesIn(run, gopher, "gopher");
      server.push(new ServerPacket.UserLeft(ROOM, gopher.id(), LeftReason.LEFT));
      assertThat(run.line()).isEqualTo("* gopher left");
      comesIn(run, gopher('G'), "gopher#2");
      run.type("/to gopher psst");
      run.type("/safety");
      run.line();
      assertThat(run.errors()).contains("nobody here is called gopher;");
      assertThat(server.isAskedMore()).isFalse();
    }
  }

  @Test
  void whoComesSecondWithANameIsCalledSoOnItsOwnScreenToo() throws Exception {
    try (Run run = start(args("join", invite(), "--as", "BOB", "--allow-rsa"))) {
      server.welcome();
      enter();
      assertThat(run.line()).startsWith("* you are in \"tea\", with bob (left out");
      assertThat(run.line())
          .isEqualTo("* you are called BOB#2 here: the name alone was taken before");
      server.push(
          new ServerPacket.UserJoined(
              ROOM,
              "tea",
              KeyKind.FOREVER,
              new ServerPacket.User(new UserId("C".repeat(32)), "bob", "no key")));
      assertThat(run.line()).startsWith("* bob#3 came in");
    }
  }

  private void comesIn(Run run, ServerPacket.User member, String shown) throws Exception {
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, member));
    assertThat(run.line()).startsWith("* " + shown + " came in, and has weak encryption");
  }

  private static ServerPacket.User gopher(char id) {
    String key = RsaScheme.generate(new SecureRandom()).publicKey();
    return new ServerPacket.User(new UserId(String.valueOf(id).repeat(32)), "gopher", key);
  }

  @Test
  void safetyShowsDigitsAndSigns() throws Exception {
    try (Run run = create()) {
      run.type("/safety");
      for (int i = 0; i < 4; i++) {
        run.line();
      }
      assertThat(run.line()).matches("\\* safety number: (\\d{5} ){5}\\d{5}");
      assertThat(run.line()).matches("\\*  {15}(\\d{5} ){5}\\d{5}");
      assertThat(run.line()).startsWith("* in short:");
      assertThat(run.line()).contains("compare it");
    }
  }

  @Test
  void aRoomOfOldPeersHasNoSafetyNumber() throws Exception {
    try (Run run = joined()) {
      run.type("/safety");
      assertThat(run.line()).isEqualTo("* there is none: the encryption of this room is weak");
    }
  }

  @Test
  void whoShowsAllAndTheOwner() throws Exception {
    try (Run run = joined()) {
      run.type("/who");
      var self = new ServerPacket.User(FakeServer.SELF, "alice", "key");
      server.answer(
          server.take("list-members"),
          new ServerPacket.Members(ROOM, BOB.id(), List.of(BOB, self)));
      assertThat(run.line())
          .isEqualTo("* here: alice (you), bob (left out: another program) (the owner)");
    }
  }

  @Test
  void withADashTheInviteIsTheFirstLineOfTheInput() throws Exception {
    InputStream input =
        new ByteArrayInputStream((invite() + "\n/leave\n").getBytes(StandardCharsets.UTF_8));
    try (Run run = Run.start(pinned(), input, args("join", "-", "--as", "alice", "--allow-rsa"))) {
      server.welcome();
      enter();
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void aCaFileCountsMoreThanThePinOfTheEnvironment(@TempDir Path directory) throws Exception {
    Path file = java.nio.file.Files.writeString(directory.resolve("ca"), server.certificate());
    Map<String, String> wrong = Map.of("RESOLUTE_PIN", "0".repeat(64));
    String[] line = args("join", invite(), "--as", "alice", "--allow-rsa", "--ca", file.toString());
    try (Run run = Run.start(wrong, line)) {
      server.welcome();
      server.refuse(server.take("join-room-onetime"), ErrorCode.BAD_KEY);
      assertThat(run.exitCode()).isEqualTo(4);
    }
  }

  private Run create(String... more) throws Exception {
    Run run = start(args(more, "create", "--as", "alice", server.uri().toString()));
    server.welcome();
    Request create = server.take("create-room");
    assertThat(create.data().getString("username")).doesNotContain("alice");
    server.answer(create, new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "tea", "room"));
    server.answer(
        server.take("room-key-onetime"), new ServerPacket.KeyIssued(ROOM, KeyKind.ONE_TIME, KEY));
    return run;
  }

  private Run joined(String... more) throws Exception {
    Run run = start(args(more, "join", invite(), "--as", "alice", "--allow-rsa"));
    server.welcome();
    enter();
    assertThat(run.line()).startsWith("* you are in \"tea\", with bob");
    return run;
  }

  private void enter() throws InterruptedException {
    server.answer(
        server.take("join-room-onetime"),
        new ServerPacket.Joined(FakeServer.SELF, ROOM, "tea", List.of(BOB)));
  }

  private Run start(String... arguments) {
    return Run.start(pinned(), arguments);
  }

  private Map<String, String> pinned() {
    return Map.of("RESOLUTE_PIN", server.fingerprint());
  }

  private String invite() {
    String authority = "localhost:" + server.uri().getPort();
    return "https://" + authority + "/#" + ROOM.value() + ".o." + KEY.value();
  }

  private static String[] args(String... arguments) {
    return arguments;
  }

  private static String[] args(String[] more, String... arguments) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(arguments), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }
}
