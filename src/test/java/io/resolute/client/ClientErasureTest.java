package io.resolute.client;

import static io.resolute.client.ConnectTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.FakeServer.Request;
import io.resolute.client.e2ee.Entrance;
import io.resolute.client.e2ee.RoomCipher;
import io.resolute.client.e2ee.RoomSecret;
import io.resolute.client.e2ee.Sealed;
import io.resolute.client.e2ee.SealedScheme;
import io.resolute.client.e2ee.Secret;
import io.resolute.client.e2ee.WatchedScheme;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.PacketJson;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;
import io.resolute.protocol.UserId;
import io.resolute.testing.HeapDump;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What must not be in memory any more is not: looked for in the heap of the whole process, in the
 * hands of the library, of the JDK, and of whoever else.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientErasureTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));
  private static final JoinKey KEY = new JoinKey("K".repeat(32));
  private static final UserId DAVE = new UserId("D".repeat(32));
  private static final UserId ERIN = new UserId("E".repeat(32));
  private static final RoomListener DEAF = new RoomListener() {};

  private final Witness told = new Witness();
  private FakeServer server;
  private ResoluteClient client;
  private ClientRoom room;

  /** What the room holds when somebody has talked in it, in both directions and to one alone. */
  private List<Secret> secrets;

  @BeforeEach
  void talk() throws Exception {
    server = FakeServer.start();
    client = ConnectTest.welcomed(server, server.options());
    CompletableFuture<ClientRoom> creating = client.createRoom("tea", "alice", told);
    Request create = server.take("create-room");
    server.answer(create, new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "tea", "room"));
    room = creating.join();
    talk(create.data().getString("public_key_string"));
    secrets = Secret.allOf(Inside.cipher(room));
    assertThat(secrets)
        .extracting(Secret::name)
        .anyMatch(name -> name.endsWith("Identity.kemSeed"))
        .anyMatch(name -> name.endsWith("Identity.signingKey"))
        .anyMatch(name -> name.endsWith("RoomSecret.value"))
        .anyMatch(name -> name.endsWith("Admission.key"))
        .anyMatch(name -> name.endsWith("SealedName.key"))
        .anyMatch(name -> name.contains(".toAll/") && name.endsWith("ChainKey.key"))
        .anyMatch(name -> name.contains(".toOne/") && name.endsWith("ChainKey.key"))
        .anyMatch(name -> name.contains(".chains/") && name.endsWith("ChainKey.key"))
        .anyMatch(name -> name.endsWith("ReceiverChain.skipped"));
  }

  @AfterEach
  void part() {
    client.close();
    client.terminated().join();
    server.close();
  }

  /** The members that it takes, whose own keys are erased when this is over. */
  private void talk(String publicKey) throws InterruptedException {
    RoomSecret secret = secret();
    SealedScheme scheme = SealedScheme.strict(new SecureRandom());
    Entrance dave = scheme.joinRoom(secret).orElseThrow();
    Entrance erin = scheme.joinRoom(secret).orElseThrow();
    server.push(joined(DAVE, dave));
    server.push(joined(ERIN, erin));
    RoomCipher davesRoom = dave.enter(ROOM);
    davesRoom.admit(FakeServer.SELF, publicKey);
    List<Sealed> said = new ArrayList<>(davesRoom.sealForAll("one"));
    davesRoom.sealForAll("two, which does not arrive");
    said.addAll(davesRoom.sealForAll("three"));
    said.forEach(part -> server.push(new ServerPacket.Message(ROOM, DAVE, "dave", part.content())));
    told.await("dave: three");
    CompletableFuture<SendResult> toAll = room.sendToAll("hello");
    acknowledge(3);
    toAll.join();
    CompletableFuture<SendResult> toOne = room.sendTo(room.members().get(0), "psst");
    acknowledge(2);
    toOne.join();
    davesRoom.wipe();
    erin.wipe();
    secret.wipe();
  }

  @Test
  void theHeapThatIsLookedThroughHoldsEverySecretOfARoomThatOneIsIn() throws Exception {
    assertThat(HeapDump.holds(secrets)).hasSameSizeAs(secrets);
  }

  @Test
  void afterLeavingNothingIsLeftThoughTheServerDoesNotAnswer() throws Exception {
    CompletableFuture<Void> leaving = room.leave();
    server.take("leave-room");
    assertThat(HeapDump.holds(secrets)).isEmpty();
    assertThat(leaving).isNotDone();
  }

  @Test
  void afterClosingTheRoomNothingIsLeft() throws Exception {
    CompletableFuture<Void> closing = room.close();
    server.refuse(server.take("close-room"), ErrorCode.UNAVAILABLE);
    assertThat(failure(closing)).isInstanceOf(RequestRefusedException.class);
    assertThat(HeapDump.holds(secrets)).isEmpty();
  }

  @Test
  void afterTheRoomIsClosedNothingIsLeft() throws Exception {
    server.push(new ServerPacket.RoomClosed(ROOM, ClosedReason.EXPIRED));
    told.await("room EXPIRED");
    assertThat(HeapDump.holds(secrets)).isEmpty();
  }

  @Test
  void afterTheConnectionIsLostNothingIsLeft() throws Exception {
    server.close(1001);
    client.terminated().join();
    assertThat(HeapDump.holds(secrets)).isEmpty();
  }

  @Test
  void closingTheClientErasesEverythingBeforeTheServerCanAnswer() throws Exception {
    CompletableFuture<Boolean> erased = new CompletableFuture<>();
    Connection connection = Inside.connection(client);
    // Both from the connection's own thread, which can take no answer in between.
    connection.execute(
        () -> {
          client.close();
          connection.execute(
              () -> erased.complete(secrets.stream().allMatch(Secret::isOverwritten)));
        });
    assertThat(erased.join()).isTrue();
    client.terminated().join();
    assertThat(HeapDump.holds(secrets)).isEmpty();
  }

  @Test
  void whenSomebodyLeavesTheChainIsErasedBeforeTheNextIsBegun() throws Exception {
    server.push(new ServerPacket.UserLeft(ROOM, ERIN, LeftReason.LEFT));
    told.await("erin left");
    assertThat(HeapDump.holds(secrets))
        .hasSize(secrets.size() - 1)
        .noneMatch(secret -> secret.name().contains(".toAll/"));
  }

  @Test
  void whoLeavesTakesAllChainsAlong() throws Exception {
    server.push(new ServerPacket.UserLeft(ROOM, DAVE, LeftReason.LEFT));
    told.await("dave left");
    assertThat(HeapDump.holds(secrets))
        .isNotEmpty()
        .noneMatch(secret -> secret.name().contains("Chain"));
  }

  @Test
  void afterARoomThatCouldNotBeEnteredNothingIsLeft() throws Exception {
    WatchedScheme watched = WatchedScheme.strict();
    WatchedScheme full = WatchedScheme.strict();
    try (ResoluteClient refused =
        welcomed(server.options().requestTimeout(Duration.ofSeconds(2)), watched)) {
      refuse(refused);
    }
    try (ResoluteClient overfull = welcomed(server.options().maxQueuedBytes(300), full)) {
      assertThat(failure(overfull.createRoom("tea", "alice", DEAF)))
          .isInstanceOf(SendQueueFullException.class);
      List<Secret> all = new ArrayList<>(watched.secrets());
      assertThat(all).hasSize(4 * 5);
      all.addAll(full.secrets());
      assertThat(all).hasSize(5 * 5);
      assertThat(HeapDump.holds(all)).isEmpty();
    }
  }

  /** Fails to enter a room in four ways. */
  private void refuse(ResoluteClient refused) throws InterruptedException {
    CompletableFuture<ClientRoom> creating = refused.createRoom("tea", "alice", DEAF);
    server.refuse(server.take("create-room"), ErrorCode.LIMIT_REACHED);
    assertThat(failure(creating)).isInstanceOf(RequestRefusedException.class);
    RoomSecret secret = RoomSecret.generate(new SecureRandom());
    int port = server.uri().getPort();
    Invite invite = new Invite("localhost", port, ROOM, KeyKind.ONE_TIME, KEY, secret);
    CompletableFuture<ClientRoom> joining = refused.join(invite, "alice", DEAF);
    server.refuse(server.take("join-room-onetime"), ErrorCode.BAD_KEY);
    assertThat(failure(joining)).isInstanceOf(RequestRefusedException.class);
    CompletableFuture<ClientRoom> unanswered = refused.join(invite, "alice", DEAF);
    server.take("join-room-onetime");
    assertThat(failure(unanswered)).isInstanceOf(RequestTimeoutException.class);
    CompletableFuture<ClientRoom> useless = refused.createRoom("tea", "alice", DEAF);
    server.answer(
        server.take("create-room"), new ServerPacket.KeyIssued(ROOM, KeyKind.ONE_TIME, KEY));
    assertThat(failure(useless)).isInstanceOf(UnsupportedServerException.class);
    secret.wipe();
  }

  @Test
  void afterARoomThatCannotBeNothingIsLeft() throws Exception {
    WatchedScheme watched = WatchedScheme.strict();
    try (ResoluteClient other = welcomed(server.options(), watched)) {
      CompletableFuture<ClientRoom> first = other.createRoom("tea", "alice", DEAF);
      RoomId elsewhere = new RoomId("Q".repeat(32));
      var answer = new ServerPacket.RoomCreated(elsewhere, FakeServer.SELF, "tea", "room");
      server.answer(server.take("create-room"), answer);
      first.join();
      List<Secret> kept = watched.secrets();
      CompletableFuture<ClientRoom> second = other.createRoom("tea", "alice", DEAF);
      server.answer(server.take("create-room"), answer);
      assertThat(failure(second)).isInstanceOf(UnsupportedServerException.class);
      List<Secret> all = watched.secrets();
      assertThat(HeapDump.holds(all)).containsExactlyInAnyOrderElementsOf(kept);
    }
  }

  @Test
  void aRoomThatTheServerLetsOneIntoAfterClosingIsNotEntered() throws Exception {
    WatchedScheme watched = WatchedScheme.strict();
    ResoluteClient other = welcomed(server.options(), watched);
    CompletableFuture<ClientRoom> creating = other.createRoom("tea", "alice", DEAF);
    Request create = server.take("create-room");
    var answer = new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "tea", "room");
    other.close();
    // As if it had been on its way: the server may close at once.
    Inside.connection(other)
        .received(new String(PacketJson.encode(answer, create.id()), StandardCharsets.UTF_8));
    assertThat(failure(creating)).isInstanceOf(ConnectionLostException.class);
    assertThat(watched.secrets()).hasSize(5).allMatch(Secret::isOverwritten);
    other.terminated().join();
  }

  @Test
  void afterAFailedHelloNothingIsLeft() throws Exception {
    WatchedScheme watched = WatchedScheme.withWeakPeers();
    ConnectOptions options = server.options().build();
    CompletableFuture<ResoluteClient> connecting =
        new Dialer(server.uri(), options, () -> watched).dial();
    Request hello = server.take("hello");
    assertThat(HeapDump.holds(watched.secrets())).hasSize(3);
    server.refuse(hello, ErrorCode.UNSUPPORTED_VERSION);
    assertThat(failure(connecting)).isInstanceOf(UnsupportedServerException.class);
    assertThat(HeapDump.holds(watched.secrets())).isEmpty();
  }

  private RoomSecret secret() throws InterruptedException {
    CompletableFuture<Invite> invite = room.invite(KeyKind.FOREVER);
    server.answer(
        server.take("room-key-forever"), new ServerPacket.KeyIssued(ROOM, KeyKind.FOREVER, KEY));
    return Objects.requireNonNull(invite.join().secret());
  }

  private void acknowledge(int parts) throws InterruptedException {
    for (int i = 0; i < parts; i++) {
      server.answer(server.take("send-message"), new ServerPacket.MessageSent(ROOM, 1));
    }
  }

  private ResoluteClient welcomed(ConnectOptions.Builder options, WatchedScheme scheme)
      throws InterruptedException {
    CompletableFuture<ResoluteClient> connecting =
        new Dialer(server.uri(), options.build(), () -> scheme).dial();
    server.welcome();
    return connecting.join();
  }

  private static ServerPacket.UserJoined joined(UserId id, Entrance who) {
    String name = who.sealUsername(id.equals(DAVE) ? "dave" : "erin");
    var user = new ServerPacket.User(id, name, who.publicKey());
    return new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, user);
  }
}
