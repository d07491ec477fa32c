package io.resolute.client;

import static io.resolute.client.ConnectTest.failure;
import static io.resolute.client.ConnectTest.welcomed;
import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.FakeServer.Request;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.CloseCode;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));

  // Holds also for the handshake and hello, which take their time on a busy machine.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Recorder recorder = new Recorder();
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = FakeServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whenTheServerClosesAllThatWaitsFailsWithItsCode() throws Exception {
    ResoluteClient client = welcomed(server, server.options().listener(recorder));
    ClientRoom room = created(client);
    CompletableFuture<Invite> waiting = room.invite(KeyKind.ONE_TIME);
    server.take("room-key-onetime");
    server.close(1001);
    assertThat(failure(waiting))
        .isInstanceOfSatisfying(
            ConnectionLostException.class,
            lost -> {
              assertThat(lost.closeCode()).contains(CloseCode.GOING_AWAY);
              assertThat(lost.reason()).isEqualTo("bye");
              assertThat(lost).hasMessageNotContaining("bye");
            });
    assertThat(recorder.next()).isEqualTo("lost 1001");
    client.terminated().join();
    assertThat(room.isOpen()).isFalse();
    assertThat(failure(room.sendToAll("x"))).isInstanceOf(ConnectionLostException.class);
    assertThat(failure(client.createRoom("tea", "alice", recorder)))
        .isInstanceOf(ConnectionLostException.class);
    assertThat(recorder.hasMore()).isFalse();
  }

  @Test
  void closingIsNormalAndNotALoss() throws Exception {
    ResoluteClient client = welcomed(server, server.options().listener(recorder));
    ClientRoom room = created(client);
    CompletableFuture<Invite> waiting = room.invite(KeyKind.ONE_TIME);
    server.take("room-key-onetime");
    client.close();
    client.close();
    assertThat(server.closedByClient()).isEqualTo(1000);
    client.terminated().join();
    assertThat(failure(waiting)).isInstanceOf(ConnectionLostException.class);
    assertThat(room.isOpen()).isFalse();
    assertThat(recorder.hasMore()).isFalse();
  }

  @Test
  void whatWasPassedBeforeClosingIsStillSent() throws Exception {
    ResoluteClient client = welcomed(server, server.options());
    for (int i = 0; i < 50; i++) {
      var unused = client.createRoom("tea", "alice", recorder);
    }
    client.close();
    for (int i = 0; i < 50; i++) {
      server.take("create-room");
    }
    assertThat(server.closedByClient()).isEqualTo(1000);
  }

  @Test
  void noThreadIsLeftBehind() throws Exception {
    ResoluteClient client = welcomed(server, server.options());
    Set<Thread> own =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("resolute-"))
            .collect(Collectors.toSet());
    assertThat(own).extracting(Thread::getName).contains("resolute-connection");
    client.close();
    client.terminated().join();
    for (Thread thread : own) {
      thread.join(20_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  /** Before, the JDK leaves it to the garbage collector. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void theJdksThreadsEndToo() throws Exception {
    Set<Thread> before = selectors();
    ResoluteClient client = welcomed(server, server.options());
    Set<Thread> own = selectors();
    own.removeAll(before);
    assertThat(own).isNotEmpty();
    client.close();
    for (Thread thread : own) {
      thread.join(20_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private static Set<Thread> selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith("SelectorManager"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void aServerThatFallsSilentIsLost() throws Exception {
    ResoluteClient client =
        welcomed(server, server.options().listener(recorder).silenceTimeout(PATIENCE));
    server.fallSilent();
    assertThat(recorder.next()).isEqualTo("lost 1006");
    client.terminated().join();
  }

  @Test
  void aServerThatOnlyAnswersPingsIsNotLost() throws Exception {
    ConnectOptions.Builder options =
        server
            .options()
            .listener(recorder)
            .silenceTimeout(PATIENCE)
            .requestTimeout(PATIENCE.multipliedBy(2));
    try (ResoluteClient client = welcomed(server, options)) {
      assertThat(failure(client.createRoom("tea", "alice", recorder)))
          .isInstanceOf(RequestTimeoutException.class);
      assertThat(recorder.hasMore()).isFalse();
    }
  }

  @Test
  void aMessageLongerThanAllowedEndsTheConnection() throws Exception {
    welcomed(server, server.options().listener(recorder).maxIncomingBytes(10_000));
    server.pushText("{\"cmd\":\"something-new\",\"data\":\"" + "x".repeat(10_000) + "\"}");
    assertThat(recorder.next()).isEqualTo("lost 1006");
  }

  @Test
  void aMessageAsLongAsAllowedIsTaken() throws Exception {
    welcomed(server, server.options().listener(recorder).maxIncomingBytes(500_000));
    server.pushText("{\"cmd\":\"something-new\",\"data\":\"" + "x".repeat(400_000) + "\"}");
    server.close(1001);
    assertThat(recorder.next()).isEqualTo("lost 1001");
  }

  @Test
  void whatIsNotTheProtocolEndsTheConnection() throws Exception {
    welcomed(server, server.options().listener(recorder));
    server.pushText("{\"cmd\":\"room-closed\",\"data\":{\"room_id\":5}}");
    assertThat(recorder.next()).isEqualTo("lost 1006");
  }

  @Test
  void aBinaryMessageEndsTheConnection() throws Exception {
    welcomed(server, server.options().listener(recorder));
    server.pushBinary(new byte[] {1});
    assertThat(recorder.next()).isEqualTo("lost 1006");
  }

  @Test
  void whatFailsInsideFailsTheFutureAndIsNotSwallowed() {
    Connection connection = new Connection(ConnectOptions.defaults());
    CompletableFuture<Void> called =
        connection.call(
            () -> {
              throw new NoClassDefFoundError("on purpose, in a test");
            });
    assertThat(failure(called)).isInstanceOf(NoClassDefFoundError.class);
    connection.execute(() -> connection.end(ConnectionLostException.broken("over", null)));
    connection.over().join();
  }

  @Test
  void aRequestThatIsNotAnsweredTimesOut() throws Exception {
    try (ResoluteClient client = welcomed(server, server.options().requestTimeout(PATIENCE))) {
      assertThat(failure(client.createRoom("tea", "alice", recorder)))
          .isInstanceOf(RequestTimeoutException.class);
    }
  }

  @Test
  void anAnswerToAnotherQuestionIsAFailure() throws Exception {
    try (ResoluteClient client = welcomed(server, server.options())) {
      CompletableFuture<ClientRoom> creating = client.createRoom("tea", "alice", recorder);
      server.answer(
          server.take("create-room"),
          new ServerPacket.KeyIssued(ROOM, KeyKind.ONE_TIME, new JoinKey("K".repeat(32))));
      assertThat(failure(creating)).isInstanceOf(UnsupportedServerException.class);
    }
  }

  @Test
  void moreThanTheQueueHoldsIsRefusedAndNothingOfItIsSent() throws Exception {
    try (ResoluteClient client = welcomed(server, server.options().maxQueuedBytes(300))) {
      assertThat(failure(client.createRoom("tea", "alice", recorder)))
          .isInstanceOf(SendQueueFullException.class);
      assertThat(server.isAskedMore()).isFalse();
    }
  }

  @Test
  void aListenerThatThrowsHarmsNobody() throws Exception {
    RoomListener clumsy =
        new RoomListener() {
          @Override
          public void roomClosed(ClientRoom room, ClosedReason reason) {
            throw new IllegalStateException("on purpose, in a test");
          }
        };
    ResoluteClient client = welcomed(server, server.options().listener(recorder));
    var unused = client.createRoom("tea", "alice", clumsy);
    server.answer(
        server.take("create-room"),
        new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "tea", "room"));
    server.push(new ServerPacket.RoomClosed(ROOM, ClosedReason.EXPIRED));
    server.close(1001);
    assertThat(recorder.next()).isEqualTo("lost 1001");
  }

  @Test
  void aListenerMayWaitForAnAnswer() throws Exception {
    BlockingQueue<Invite> invites = new LinkedBlockingQueue<>();
    RoomListener asking =
        new RoomListener() {
          @Override
          public void memberJoined(ClientRoom room, Member member) {
            invites.add(room.invite(KeyKind.ONE_TIME).join());
          }
        };
    try (ResoluteClient client = welcomed(server, server.options())) {
      var unused = client.createRoom("tea", "alice", asking);
      server.answer(
          server.take("create-room"),
          new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "tea", "room"));
      server.push(
          new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, new Peer("bob", 'B').user()));
      Request request = server.take("room-key-onetime");
      server.answer(
          request, new ServerPacket.KeyIssued(ROOM, KeyKind.ONE_TIME, new JoinKey("K".repeat(32))));
      assertThat(invites.take().room()).isEqualTo(ROOM);
    }
  }

  @Test
  void whileListenersLagBehindTheServerIsReadNoFurtherAndThenOn() throws Exception {
    CompletableFuture<Void> go = new CompletableFuture<>();
    BlockingQueue<String> names = new LinkedBlockingQueue<>();
    RoomListener slow =
        new RoomListener() {
          @Override
          public void memberJoined(ClientRoom room, Member member) {
            go.join();
            names.add(member.id().value());
          }
        };
    try (ResoluteClient client = welcomed(server, server.options().maxQueuedBytes(4_000))) {
      var unused = client.createRoom("tea", "alice", slow);
      server.answer(
          server.take("create-room"),
          new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "tea", "room"));
      for (int i = 0; i < 100; i++) {
        var user =
            new ServerPacket.User(
                new io.resolute.protocol.UserId("%032d".formatted(i)), "member " + i, "no key");
        server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, user));
      }
      go.complete(null);
      for (int i = 0; i < 100; i++) {
        assertThat(names.take()).isEqualTo("%032d".formatted(i));
      }
    }
  }

  private ClientRoom created(ResoluteClient client) throws InterruptedException {
    CompletableFuture<ClientRoom> creating = client.createRoom("tea", "alice", recorder);
    server.answer(
        server.take("create-room"),
        new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "tea", "room"));
    return creating.join();
  }
}
