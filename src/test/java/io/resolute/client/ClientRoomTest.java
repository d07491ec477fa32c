package io.resolute.client;

import static io.resolute.client.ConnectTest.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.resolute.client.FakeServer.Request;
import io.resolute.client.e2ee.Entrance;
import io.resolute.client.e2ee.PeerStatus;
import io.resolute.client.e2ee.RoomSecret;
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
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientRoomTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));
  private static final JoinKey KEY = new JoinKey("K".repeat(32));
  private static final ServerPacket.User STRANGE =
      new ServerPacket.User(new UserId("X".repeat(32)), "strange", "-----BEGIN NEWER KEY-----");

  private static Peer bob;
  private static Peer carol;

  private final Recorder recorder = new Recorder();
  private FakeServer server;
  private ResoluteClient client;
  private String publicKey = "";

  @BeforeAll
  static void makePeers() {
    bob = new Peer("bob", 'B');
    carol = new Peer("carol", 'C');
  }

  @BeforeEach
  void connect() throws Exception {
    server = FakeServer.start();
    client = ConnectTest.welcomed(server, server.options().listener(recorder).allowRsa(true));
  }

  @AfterEach
  void disconnect() {
    client.close();
    client.terminated().join();
    server.close();
  }

  @Test
  void creatingARoomPublishesNameUsernameAndKey() throws Exception {
    CompletableFuture<ClientRoom> creating = client.createRoom("tea", "alice", recorder);
    Request request = server.take("create-room");
    assertThat(request.data().getString("name")).doesNotContain("tea").hasSize(124);
    assertThat(request.data().getString("username")).doesNotContain("alice").hasSize(124);
    assertThat(request.data().getString("public_key_string"))
        .startsWith("-----BEGIN RSA PUBLIC KEY")
        .contains("-----BEGIN RESOLUTE PUBLIC KEY", "-----BEGIN RESOLUTE ADMISSION");
    server.answer(request, new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "other", "room"));
    ClientRoom room = creating.join();
    assertThat(room.isOwned()).isTrue();
    assertThat(room.name()).isEqualTo("tea");
    assertThat(room.userId()).isEqualTo(FakeServer.SELF);
    assertThat(room.members()).isEmpty();
  }

  @Test
  void aNameThatIsTooLongIsRefusedBeforeAnythingIsSent() {
    String tooLong = "x".repeat(512);
    assertThatThrownBy(() -> client.createRoom(tooLong, "alice", recorder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("511");
    assertThatThrownBy(() -> client.join(invite(KeyKind.ONE_TIME), tooLong, recorder))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.isAskedMore()).isFalse();
  }

  @Test
  void anInviteNamesTheServerThatOneIsConnectedTo() throws Exception {
    CompletableFuture<Invite> invite = created().invite(KeyKind.FOREVER);
    server.answer(
        server.take("room-key-forever"), new ServerPacket.KeyIssued(ROOM, KeyKind.FOREVER, KEY));
    assertThat(invite.join().toLink()).startsWith(invite(KeyKind.FOREVER).toLink() + ".");
    assertThat(Invite.parse(invite.join().toLink())).isEqualTo(invite.join());
    assertThat(invite.join().server()).isEqualTo(server.uri());
  }

  @Test
  void joiningShowsWhoIsThereAndWhoCannotBeReached() throws Exception {
    ClientRoom room = joined(bob.user(), STRANGE);
    assertThat(room.isOwned()).isFalse();
    assertThat(room.members())
        .extracting(Member::username, Member::status, Member::isReachable)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("bob", PeerStatus.REACHABLE, true),
            org.assertj.core.groups.Tuple.tuple("strange", PeerStatus.UNSUPPORTED_KEY, false));
  }

  @Test
  void whoWasThereOnEntryIsToldApartFromThoseWhoCameLaterAlsoOnceGone() throws Exception {
    ClientRoom room = joined(bob.user());
    Member first = room.members().get(0);
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.ONE_TIME, carol.user()));
    assertThat(recorder.next()).isEqualTo("carol joined REACHABLE");
    server.push(new ServerPacket.UserLeft(ROOM, bob.id(), LeftReason.LEFT));
    assertThat(recorder.next()).isEqualTo("bob LEFT");
    assertThat(room.membersOnEntry()).containsExactly(first);
    server.push(new ServerPacket.RoomClosed(ROOM, ClosedReason.CLOSED));
    assertThat(recorder.next()).isEqualTo("room CLOSED");
    assertThat(room.membersOnEntry()).isEmpty();
  }

  @Test
  void anInviteForAnotherServerIsNotSentToThisOne() {
    Invite other = new Invite("other.example", 443, ROOM, KeyKind.ONE_TIME, KEY);
    assertThatThrownBy(() -> client.join(other, "alice", recorder))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.isAskedMore()).isFalse();
  }

  @Test
  void aRefusalIsTypedAndQuotesNothing() throws Exception {
    CompletableFuture<ClientRoom> joining =
        client.join(invite(KeyKind.ONE_TIME), "alice", recorder);
    server.refuse(server.take("join-room-onetime"), ErrorCode.BAD_KEY);
    assertThat(failure(joining))
        .hasMessageNotContainingAny(ROOM.value(), KEY.value(), "alice")
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BAD_KEY));
  }

  @Test
  void eventsRightBehindTheAnswerAreNotLostAndKeepTheirOrder() throws Exception {
    CompletableFuture<ClientRoom> joining = join();
    Request request = server.take("join-room-onetime");
    publicKey = request.data().getString("public_key");
    server.answer(request, joinedPacket(bob.user()));
    server.push(bob.says(ROOM, "one", FakeServer.SELF, publicKey));
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, carol.user()));
    server.push(carol.says(ROOM, "two", FakeServer.SELF, publicKey));
    server.push(new ServerPacket.UserLeft(ROOM, bob.id(), LeftReason.DISCONNECTED));
    server.push(new ServerPacket.RoomClosed(ROOM, ClosedReason.OWNER_LEFT));
    assertThat(recorder.next()).isEqualTo("bob: one");
    assertThat(recorder.next()).isEqualTo("carol joined REACHABLE");
    assertThat(recorder.next()).isEqualTo("carol: two");
    assertThat(recorder.next()).isEqualTo("bob DISCONNECTED");
    assertThat(recorder.next()).isEqualTo("room OWNER_LEFT");
    assertThat(joining.join().isOpen()).isFalse();
  }

  @Test
  void whatCannotBeReadIsToldWithoutWhy() throws Exception {
    joined(bob.user());
    server.push(new ServerPacket.Message(ROOM, bob.id(), "bob", "not base64"));
    server.push(new ServerPacket.Message(ROOM, bob.id(), "bob", "AAAA"));
    assertThat(recorder.next()).isEqualTo("bob unreadable");
    assertThat(recorder.next()).isEqualTo("bob unreadable");
  }

  @Test
  void sendingToAllIsOneRequestForEachMemberThatCanBeReached() throws Exception {
    ClientRoom room = joined(bob.user(), STRANGE, carol.user());
    CompletableFuture<SendResult> sending = room.sendToAll("hello");
    Request toBob = server.take("send-message");
    Request toCarol = server.take("send-message");
    assertThat(toBob.data().getString("to_user_id")).isEqualTo(bob.id().value());
    assertThat(bob.reads(toBob.data().getString("content"))).isEqualTo("hello");
    assertThat(carol.reads(toCarol.data().getString("content"))).isEqualTo("hello");
    server.answer(toBob, new ServerPacket.MessageSent(ROOM, 1));
    server.answer(toCarol, new ServerPacket.MessageSent(ROOM, 1));
    assertThat(sending.join().recipients()).isEqualTo(2);
    assertThat(sending.join().unreached()).extracting(Member::username).containsExactly("strange");
    assertThat(server.isAskedMore()).isFalse();
  }

  @Test
  void whoLeftMeanwhileIsUnreached() throws Exception {
    ClientRoom room = joined(bob.user(), carol.user());
    CompletableFuture<SendResult> sending = room.sendToAll("hello");
    server.answer(server.take("send-message"), new ServerPacket.MessageSent(ROOM, 1));
    server.refuse(server.take("send-message"), ErrorCode.NO_SUCH_MEMBER);
    assertThat(sending.join().recipients()).isEqualTo(1);
    assertThat(sending.join().unreached()).extracting(Member::username).containsExactly("carol");
  }

  @Test
  void anyOtherRefusalOfOnePartFailsTheMessage() throws Exception {
    ClientRoom room = joined(bob.user(), carol.user());
    CompletableFuture<SendResult> sending = room.sendToAll("hello");
    server.answer(server.take("send-message"), new ServerPacket.MessageSent(ROOM, 1));
    server.refuse(server.take("send-message"), ErrorCode.RATE_LIMITED);
    assertThat(failure(sending)).isInstanceOf(RequestRefusedException.class);
  }

  @Test
  void aKeyThatMayNotHaveArrivedIsNotUsedAgain() throws Exception {
    ClientRoom room = created();
    UserId id = new UserId("D".repeat(32));
    ServerPacket.User user = dave(id, secret(room));
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, user));
    assertThat(recorder.next()).isEqualTo("dave joined VERIFIED");
    CompletableFuture<SendResult> failing = room.sendToAll("one");
    server.refuse(server.take("send-message"), ErrorCode.RATE_LIMITED);
    server.answer(server.take("send-message"), new ServerPacket.MessageSent(ROOM, 1));
    assertThat(failure(failing)).isInstanceOf(RequestRefusedException.class);
    CompletableFuture<SendResult> sending = room.sendToAll("two");
    Request key = server.take("send-message");
    assertThat(key.data().getString("to_user_id")).isEqualTo(id.value());
    server.answer(key, new ServerPacket.MessageSent(ROOM, 1));
    Request text = server.take("send-message");
    assertThat(text.data().getString("to_user_id")).isNull();
    server.answer(text, new ServerPacket.MessageSent(ROOM, 1));
    assertThat(sending.join().recipients()).isEqualTo(1);
  }

  @Test
  void aKeyThatTheServerRefusedAMemberIsNotUsedAgainThoughNobodyHasLeft() throws Exception {
    ClientRoom room = created();
    UserId id = new UserId("D".repeat(32));
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, dave(id, secret(room))));
    assertThat(recorder.next()).isEqualTo("dave joined VERIFIED");
    CompletableFuture<SendResult> first = room.sendToAll("one");
    server.refuse(server.take("send-message"), ErrorCode.NO_SUCH_MEMBER);
    server.answer(server.take("send-message"), new ServerPacket.MessageSent(ROOM, 1));
    assertThat(first.join().unreached()).extracting(Member::username).containsExactly("dave");
    CompletableFuture<SendResult> second = room.sendToAll("two");
    Request key = server.take("send-message");
    assertThat(key.data().getString("to_user_id")).isEqualTo(id.value());
    server.answer(key, new ServerPacket.MessageSent(ROOM, 1));
    server.answer(server.take("send-message"), new ServerPacket.MessageSent(ROOM, 1));
    assertThat(second.join().unreached()).isEmpty();
  }

  private RoomSecret secret(ClientRoom room) throws InterruptedException {
    CompletableFuture<Invite> invite = room.invite(KeyKind.FOREVER);
    server.answer(
        server.take("room-key-forever"), new ServerPacket.KeyIssued(ROOM, KeyKind.FOREVER, KEY));
    return Objects.requireNonNull(invite.join().secret());
  }

  @Test
  void sendingToAnEmptyRoomReachesNobody() throws Exception {
    assertThat(created().sendToAll("hello").join().recipients()).isZero();
    assertThat(server.isAskedMore()).isFalse();
  }

  @Test
  void whoCannotBeReachedIsSentNothing() throws Exception {
    ClientRoom room = joined(STRANGE);
    assertThat(failure(room.sendTo(room.members().get(0), "hello")))
        .isInstanceOf(MemberUnreachableException.class);
    Member stranger = new Member(bob.id(), "bob", PeerStatus.REACHABLE);
    assertThat(failure(room.sendTo(stranger, "hello")))
        .isInstanceOf(MemberUnreachableException.class);
    assertThat(server.isAskedMore()).isFalse();
  }

  @Test
  void whoGetsTheIdOfOneWhoIsGoneIsNotSentWhatIsForThatOneAlone() throws Exception {
    ClientRoom room = joined(bob.user());
    Member gone = room.members().get(0);
    Peer other = new Peer("bob", 'B');
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.ONE_TIME, other.user()));
    assertThat(recorder.next()).isEqualTo("bob DISCONNECTED");
    assertThat(recorder.next()).isEqualTo("bob joined REACHABLE");
    assertThat(room.members().get(0).id()).isEqualTo(gone.id());
    assertThat(room.members()).doesNotContain(gone);
    assertThat(failure(room.sendTo(gone, "psst"))).isInstanceOf(MemberUnreachableException.class);
    assertThat(server.isAskedMore()).isFalse();
  }

  @Test
  void sendingToOneReachesThatOne() throws Exception {
    ClientRoom room = joined(bob.user(), carol.user());
    CompletableFuture<SendResult> sending = room.sendTo(room.members().get(1), "psst");
    Request request = server.take("send-message");
    assertThat(carol.reads(request.data().getString("content"))).isEqualTo("psst");
    server.answer(request, new ServerPacket.MessageSent(ROOM, 1));
    assertThat(sending.join().recipients()).isEqualTo(1);
    assertThat(server.isAskedMore()).isFalse();
  }

  @Test
  void aMessageTooLongIsRefusedWithItsLengthAndTheLimit() throws Exception {
    ClientRoom room = joined(bob.user());
    assertThat(failure(room.sendToAll("\u00E4".repeat(123))))
        .isInstanceOfSatisfying(
            MessageTooLongException.class,
            tooLong -> {
              assertThat(tooLong.length()).isEqualTo(246);
              assertThat(tooLong.limit()).isEqualTo(245);
            });
    assertThat(server.isAskedMore()).isFalse();
  }

  @Test
  void listingAsksTheServerAndLeavesThisClientOut() throws Exception {
    ClientRoom room = joined(bob.user(), carol.user());
    CompletableFuture<RoomMembers> listing = room.listMembers();
    var self = new ServerPacket.User(FakeServer.SELF, "alice", publicKey);
    server.answer(
        server.take("list-members"),
        new ServerPacket.Members(ROOM, carol.id(), List.of(bob.user(), carol.user(), self)));
    assertThat(listing.join().owner()).isEqualTo(carol.id());
    assertThat(listing.join().others()).isEqualTo(room.members());
  }

  @Test
  void resettingKeysIsAcknowledged() throws Exception {
    CompletableFuture<Void> resetting = created().resetKeys();
    server.answer(server.take("reset-room-keys"), new ServerPacket.Done(Command.RESET_KEYS, ROOM));
    assertThat(resetting).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void aRoomThatOneHasLeftIsOfNoUse() throws Exception {
    ClientRoom room = joined(bob.user());
    CompletableFuture<Void> leaving = room.leave();
    server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
    leaving.join();
    assertThat(room.isOpen()).isFalse();
    assertThat(failure(room.sendToAll("hello"))).isInstanceOf(RoomEndedException.class);
    assertThat(failure(room.leave())).isInstanceOf(RoomEndedException.class);
    assertThat(room.members()).isEmpty();
  }

  @Test
  void oneIsOutOfARoomAtOnceWhateverTheServerAnswers() throws Exception {
    ClientRoom room = joined(bob.user());
    CompletableFuture<Void> leaving = room.leave();
    Request leave = server.take("leave-room");
    assertThat(failure(room.sendToAll("hello"))).isInstanceOf(RoomEndedException.class);
    server.push(bob.says(ROOM, "for one who has left", FakeServer.SELF, publicKey));
    server.refuse(leave, ErrorCode.UNAVAILABLE);
    assertThat(failure(leaving)).isInstanceOf(RequestRefusedException.class);
    assertThat(room.isOpen()).isFalse();
    assertThat(recorder.hasMore()).isFalse();
  }

  @Test
  void whoIsNotTheOwnerCannotCloseTheRoomAndStaysInIt() throws Exception {
    ClientRoom room = joined(bob.user());
    assertThat(failure(room.close()))
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.FORBIDDEN));
    assertThat(room.isOpen()).isTrue();
    assertThat(server.isAskedMore()).isFalse();
  }

  @Test
  void noInviteIsMadeOfASecretThatIsErased() throws Exception {
    ClientRoom room = created();
    CompletableFuture<Invite> invite = room.invite(KeyKind.ONE_TIME);
    Request request = server.take("room-key-onetime");
    server.push(new ServerPacket.RoomClosed(ROOM, ClosedReason.EXPIRED));
    server.answer(request, new ServerPacket.KeyIssued(ROOM, KeyKind.ONE_TIME, KEY));
    assertThat(failure(invite)).isInstanceOf(RoomEndedException.class);
  }

  @Test
  void aRoomThatOneIsInIsNotEnteredASecondTime() throws Exception {
    ClientRoom room = created();
    CompletableFuture<ClientRoom> again = client.createRoom("tea", "alice", recorder);
    server.answer(
        server.take("create-room"),
        new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "tea", "room"));
    assertThat(failure(again)).isInstanceOf(UnsupportedServerException.class);
    assertThat(room.isOpen()).isTrue();
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.ONE_TIME, bob.user()));
    assertThat(recorder.next()).isEqualTo("bob joined REACHABLE");
    client.close();
    client.terminated().join();
    assertThat(room.isOpen()).isFalse();
  }

  @Test
  void closingOnesRoomIsNotToldAsAnEvent() throws Exception {
    ClientRoom room = created();
    CompletableFuture<Void> closing = room.close();
    Request request = server.take("close-room");
    server.push(new ServerPacket.RoomClosed(ROOM, ClosedReason.CLOSED));
    server.answer(request, new ServerPacket.Done(Command.CLOSE_ROOM, ROOM));
    closing.join();
    assertThat(room.isOpen()).isFalse();
    assertThat(recorder.hasMore()).isFalse();
  }

  @Test
  void leavingARoomThatIsGoneAlreadySucceeds() throws Exception {
    ClientRoom room = joined(bob.user());
    CompletableFuture<Void> leaving = room.leave();
    server.refuse(server.take("leave-room"), ErrorCode.NOT_FOUND);
    leaving.join();
    assertThat(room.isOpen()).isFalse();
  }

  @Test
  void whoComesAndGoesChangesTheMembers() throws Exception {
    ClientRoom room = created();
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.ONE_TIME, bob.user()));
    assertThat(recorder.next()).isEqualTo("bob joined REACHABLE");
    assertThat(room.members()).extracting(Member::id).containsExactly(bob.id());
    server.push(new ServerPacket.UserLeft(ROOM, bob.id(), LeftReason.LEFT));
    assertThat(recorder.next()).isEqualTo("bob LEFT");
    assertThat(room.members()).isEmpty();
  }

  @Test
  void beingToldOfAMemberAgainIsNoEvent() throws Exception {
    ClientRoom room = joined(bob.user());
    var renamed = new ServerPacket.User(bob.id(), "carol", bob.user().publicKey());
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.ONE_TIME, renamed));
    server.push(new ServerPacket.UserLeft(ROOM, bob.id(), LeftReason.LEFT));
    assertThat(recorder.next()).isEqualTo("bob LEFT");
    assertThat(room.members()).isEmpty();
  }

  @Test
  void whoGetsTheIdOfAnOldPeerIsSomebodyElse() throws Exception {
    ClientRoom room = joined(bob.user());
    var other = new ServerPacket.User(bob.id(), "bob", carol.user().publicKey());
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.ONE_TIME, other));
    assertThat(recorder.next()).isEqualTo("bob DISCONNECTED");
    assertThat(recorder.next()).isEqualTo("bob joined REACHABLE");
    assertThat(room.members()).hasSize(1);
  }

  @Test
  void whoGetsTheIdOfAVerifiedMemberIsSomebodyElseThoughVerifiedAndOfTheSameName()
      throws Exception {
    ClientRoom room = created();
    RoomSecret secret = secret(room);
    UserId id = new UserId("D".repeat(32));
    ServerPacket.User dave = dave(id, secret);
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, dave));
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, dave));
    server.push(new ServerPacket.UserJoined(ROOM, "tea", KeyKind.FOREVER, dave(id, secret)));
    assertThat(recorder.next()).isEqualTo("dave joined VERIFIED");
    assertThat(recorder.next()).isEqualTo("dave DISCONNECTED");
    assertThat(recorder.next()).isEqualTo("dave joined VERIFIED");
    assertThat(recorder.hasMore()).isFalse();
  }

  @Test
  void aServerThatNamesMoreMembersThanThereCanBeIsNotBelieved() throws Exception {
    try (FakeServer crowded = FakeServer.start();
        ResoluteClient other =
            ConnectTest.welcomed(
                crowded, crowded.options().allowRsa(true).maxIncomingBytes(1 << 25))) {
      Invite invite = new Invite("localhost", crowded.uri().getPort(), ROOM, KeyKind.ONE_TIME, KEY);
      CompletableFuture<ClientRoom> joining = other.join(invite, "alice", recorder);
      ServerPacket.User[] all = new ServerPacket.User[ClientRoom.MAX_MEMBERS + 1];
      for (int i = 0; i < all.length; i++) {
        all[i] = new ServerPacket.User(new UserId("%032d".formatted(i)), "", "");
      }
      crowded.answer(crowded.take("join-room-onetime"), joinedPacket(all));
      assertThat(failure(joining)).isInstanceOf(UnsupportedServerException.class);
    }
  }

  @Test
  void aTextWithHalfASurrogatePairIsRefusedBeforeAnythingIsSent() throws Exception {
    ClientRoom room = joined(bob.user());
    assertThatThrownBy(() -> room.sendToAll("\uD83D")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> room.sendTo(room.members().get(0), "\uDE00"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.isAskedMore()).isFalse();
  }

  @Test
  void eventsOfOtherRoomsAndUnknownOnesAreIgnored() throws Exception {
    joined(bob.user());
    server.push(new ServerPacket.RoomClosed(new RoomId("Q".repeat(32)), ClosedReason.CLOSED));
    server.pushText("{\"cmd\":\"something-new\",\"data\":{}}");
    server.push(bob.says(ROOM, "still here", FakeServer.SELF, publicKey));
    assertThat(recorder.next()).isEqualTo("bob: still here");
  }

  @Test
  void aJoinThatIsAnsweredTooLateIsLeftAgain() throws Exception {
    try (FakeServer slow = FakeServer.start();
        ResoluteClient impatient =
            ConnectTest.welcomed(
                slow, slow.options().allowRsa(true).requestTimeout(Duration.ofSeconds(2)))) {
      Invite invite = new Invite("localhost", slow.uri().getPort(), ROOM, KeyKind.ONE_TIME, KEY);
      CompletableFuture<ClientRoom> joining = impatient.join(invite, "alice", recorder);
      Request request = slow.take("join-room-onetime");
      assertThat(failure(joining)).isInstanceOf(RequestTimeoutException.class);
      slow.answer(request, joinedPacket(bob.user()));
      assertThat(slow.take("leave-room").data().getString("room_id")).isEqualTo(ROOM.value());
    }
  }

  @Test
  void answersThatNobodyAskedForMakeNobodyWait() throws Exception {
    ClientRoom room = joined(bob.user());
    for (int i = 0; i < 20; i++) {
      RoomId other = new RoomId("%032d".formatted(i));
      server.answer(
          new Request("join-room-onetime", "x" + i, new JsonObject()),
          new ServerPacket.Joined(FakeServer.SELF, other, "tea", List.of()));
      assertThat(server.take("leave-room").data().getString("room_id")).isEqualTo(other.value());
    }
    Connection connection = Inside.connection(client);
    assertThat(
            connection
                .call(() -> CompletableFuture.completedFuture(Inside.isWaiting(connection)))
                .join())
        .isFalse();
    assertThat(room.isOpen()).isTrue();
  }

  @Test
  void anAnswerThatNobodyAskedForMakesNobodyLeaveARoomThatItIsIn() throws Exception {
    ClientRoom room = joined(bob.user());
    server.answer(new Request("join-room-onetime", "x", new JsonObject()), joinedPacket());
    server.push(bob.says(ROOM, "still here", FakeServer.SELF, publicKey));
    assertThat(recorder.next()).isEqualTo("bob: still here");
    assertThat(room.listMembers()).isNotDone();
    server.take("list-members");
  }

  private static ServerPacket.User dave(UserId id, RoomSecret secret) {
    Entrance dave = SealedScheme.strict(new SecureRandom()).joinRoom(secret).orElseThrow();
    return new ServerPacket.User(id, dave.sealUsername("dave"), dave.publicKey());
  }

  private ClientRoom created() throws InterruptedException {
    CompletableFuture<ClientRoom> creating = client.createRoom("tea", "alice", recorder);
    server.answer(
        server.take("create-room"),
        new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "tea", "room"));
    return creating.join();
  }

  private ClientRoom joined(ServerPacket.User... others) throws InterruptedException {
    CompletableFuture<ClientRoom> joining = join();
    Request request = server.take("join-room-onetime");
    publicKey = request.data().getString("public_key");
    server.answer(request, joinedPacket(others));
    return joining.join();
  }

  private CompletableFuture<ClientRoom> join() {
    return client.join(invite(KeyKind.ONE_TIME), "alice", recorder);
  }

  private Invite invite(KeyKind kind) {
    return new Invite("localhost", server.uri().getPort(), ROOM, kind, KEY);
  }

  private static ServerPacket.Joined joinedPacket(ServerPacket.User... others) {
    return new ServerPacket.Joined(FakeServer.SELF, ROOM, "tea", List.of(others));
  }
}
