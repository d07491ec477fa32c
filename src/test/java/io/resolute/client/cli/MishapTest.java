package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.resolute.client.ConnectFailedException;
import io.resolute.client.FakeServer;
import io.resolute.client.FakeServer.Request;
import io.resolute.client.ResoluteClient;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.Command;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.UserId;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong, and what goes wrong around them, and what they are told. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MishapTest {
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
  @ValueSource(strings = {"", "   ", "\t", "\u200B", "\u3164"})
  void aNameThatNobodySeesIsRefused(String name) {
    for (Run run :
        List.of(
            Run.finished("create", "--as", name, address()),
            Run.finished("create", "--as", "alice", "--name", name, address()))) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errors()).contains("character that can be seen").hasLineCount(1);
    }
  }

  @Test
  void aMisspeltOptionIsNamedBeforeOneThatIsMissing() {
    Run run = Run.finished("create", "--sa", "alice");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).contains("Unknown option: '--sa'");
  }

  @Test
  void helpIsACommandToo() {
    assertThat(Run.finished("help").output()).contains("create", "join");
    assertThat(Run.finished("help", "join").output()).contains("INVITE");
  }

  @Test
  void whereNothingListensTheAddressIsSaid() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Run run = Run.finished("create", "--as", "alice", "localhost:" + port);
    assertThat(run.errors()).startsWith("! nothing listens at localhost:" + port);
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void aHostThatDoesNotExistIsSaidToBeNone() {
    Run run = Run.finished("create", "--as", "alice", "nowhere.invalid");
    assertThat(run.errors()).startsWith("! there is no host with the name nowhere.invalid");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void whoDoesNotAnswerIsSaidNotTo() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run = Run.finished("create", "--as", "alice", "localhost:" + silent.getLocalPort());
      assertThat(run.errors())
          .startsWith("! nobody answers at localhost:" + silent.getLocalPort() + " in time");
      assertThat(run.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void whatOpensNoWebSocketIsSaidToBeAnotherProgram() {
    URI elsewhere = server.uri().resolve("/other");
    ConnectFailedException failure =
        catchThrowableOfType(
            ConnectFailedException.class,
            () -> Await.result(ResoluteClient.connect(elsewhere, server.options().build())));
    assertThat(Explanation.of(failure, elsewhere))
        .startsWith("what answers at localhost:")
        .endsWith("is no R\u00EBsolute server: it opens no WebSocket at /other");
  }

  @Test
  void aCertificateThatNobodyVouchesForSaysHowToNameIt() {
    Run run = Run.finished("create", "--as", "alice", address());
    assertThat(run.errors()).contains("vouched for by nobody", "--pin FINGERPRINT");
    assertThat(run.exitCode()).isEqualTo(6);
  }

  @Test
  void aCertificateOtherThanTheNamedIsSaidToBeAnother() {
    Run run = Run.finished("create", "--as", "alice", "--pin", "0".repeat(64), address());
    assertThat(run.errors()).contains("is another than the one that --pin");
    assertThat(run.exitCode()).isEqualTo(6);
  }

  @Test
  void aRoomThatTheInviteDoesNotOpenIsLeftWithTheLikeliestReason() throws Exception {
    try (Run run = Run.start(pinned(), "join", invite(), "--as", "alice")) {
      enter();
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errors()).startsWith("! the invite may be damaged").hasLineCount(1);
      assertThat(run.output()).isEmpty();
    }
  }

  @Test
  void anInviteInsideTheLinkOfAnotherIsTakenAndSaidToBeSeen() throws Exception {
    String link = URLEncoder.encode(invite(), StandardCharsets.UTF_8);
    String wrapped = "https://scanner.example/?url=" + link + "&data=05";
    try (Run run = Run.start(pinned(), "join", wrapped, "--as", "alice")) {
      enter();
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errors())
          .startsWith("! this invite to localhost:")
          .contains("came inside a link of scanner.example")
          .hasLineCount(2);
    }
  }

  @Test
  void whoIsCalledOtherThanWantedIsTold() throws Exception {
    try (Run run = create("--as", "Alice in Wonderland", address())) {
      assertThat(run.line()).startsWith("* you are in ");
      assertThat(run.line()).startsWith("* you are called Alice_in_Wonderland here");
    }
  }

  @Test
  void whoseNameIsCutIsTold() throws Exception {
    try (Run run = create("--as", "a".repeat(40), address())) {
      run.line();
      assertThat(run.line()).contains("a".repeat(32) + " here", "at most 32 characters");
    }
  }

  @Test
  void whatCouldNotBeDoneInAPipeCountsInTheEnd() throws Exception {
    try (Run run = create("--as", "alice", address())) {
      run.type("/nonsense");
      run.endInput();
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aTextInAPipeThatNobodyIsThereToReadEndsWith1() throws Exception {
    try (Run run = create("--as", "alice", address())) {
      run.type("hello");
      run.endInput();
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors()).isEqualTo("! nobody else is here to read this\n");
    }
  }

  @Test
  void aTextInAPipeThatIsTooLongEndsWith1() throws Exception {
    try (Run run = create("--as", "alice", address())) {
      run.type("x".repeat(32_768));
      run.endInput();
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors()).isEqualTo("! the message has 32768 bytes, and at most 32767 fit\n");
    }
  }

  @Test
  void aTextInAPipeThatComesAfterTheEndOfTheRoomEndsWith1() throws Exception {
    try (Run run = create("--as", "alice", address())) {
      run.type("/reset\r\nhello");
      Request reset = server.take("reset-room-keys");
      server.push(new ServerPacket.RoomClosed(ROOM, ClosedReason.EXPIRED));
      server.answer(reset, new ServerPacket.Done(Command.RESET_KEYS, ROOM));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors()).startsWith("! the room was closed");
    }
  }

  @Test
  void anInputThatEndsWithTheRoomEndsWith0() throws Exception {
    try (Run run = create("--as", "alice", address())) {
      run.type("/reset\r");
      Request reset = server.take("reset-room-keys");
      server.push(new ServerPacket.RoomClosed(ROOM, ClosedReason.EXPIRED));
      server.answer(reset, new ServerPacket.Done(Command.RESET_KEYS, ROOM));
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void anInputThatEndsBeforeAnybodyCameHintsAtStaying() throws Exception {
    try (Run run = create("--as", "alice", address())) {
      run.endInput();
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isZero();
      assertThat(run.output()).contains("--stay");
    }
  }

  @Test
  void anInputThatBreaksEndsTheConversationAndLeaves() throws Exception {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throw new OutOfMemoryError("for the test");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return read();
          }
        };
    try (Run run = Run.start(pinned(), broken, "create", "--as", "alice", address())) {
      created();
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors()).startsWith("! what is typed cannot be read any more");
    }
  }

  @Test
  void aLineWithoutEndIsRefusedAndNotKept() throws Exception {
    try (Run run = create("--as", "alice", address())) {
      run.type("x".repeat(200_000));
      run.type("/who now");
      run.endInput();
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors().lines())
          .hasSize(2)
          .last()
          .isEqualTo("! /who takes nothing behind it");
    }
  }

  @Test
  void invitesSayWhatTheyAreGoodFor() throws Exception {
    try (Run run = create("--as", "alice", address())) {
      run.type("/forever");
      server.answer(
          server.take("room-key-forever"), new ServerPacket.KeyIssued(ROOM, KeyKind.FOREVER, KEY));
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        lines.add(run.line());
      }
      assertThat(lines.get(5))
          .isEqualTo("* this lets in anybody who has it, until /reset: keep it secret");
    }
  }

  private Run create(String... arguments) throws Exception {
    Run run =
        Run.start(
            pinned(),
            Stream.concat(Stream.of("create"), Stream.of(arguments)).toArray(String[]::new));
    created();
    return run;
  }

  private void created() throws InterruptedException {
    server.welcome();
    Request create = server.take("create-room");
    server.answer(create, new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "tea", "room"));
    server.answer(
        server.take("room-key-onetime"), new ServerPacket.KeyIssued(ROOM, KeyKind.ONE_TIME, KEY));
  }

  private void enter() throws InterruptedException {
    server.welcome();
    server.answer(
        server.take("join-room-onetime"),
        new ServerPacket.Joined(FakeServer.SELF, ROOM, "tea", List.of(BOB)));
  }

  private Map<String, String> pinned() {
    return Map.of("RESOLUTE_PIN", server.fingerprint());
  }

  private String address() {
    return server.uri().toString();
  }

  private String invite() {
    return "https://localhost:%d/#%s.o.%s.%s"
        .formatted(server.uri().getPort(), ROOM.value(), KEY.value(), "S".repeat(42) + "A");
  }
}
