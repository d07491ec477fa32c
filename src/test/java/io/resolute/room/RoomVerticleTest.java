package io.resolute.room;

import static io.resolute.room.People.ROOM;
import static io.resolute.room.People.creation;
import static io.resolute.room.People.room;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.resolute.bus.Addresses;
import io.resolute.bus.KeyCommand;
import io.resolute.bus.KeyReply;
import io.resolute.bus.LocalCodec;
import io.resolute.bus.OutboundFrame;
import io.resolute.key.HmacKeyDerivation;
import io.resolute.key.JoinKeys;
import io.resolute.key.KeyVerticle;
import io.resolute.memory.SecretMac;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.ClientPacket.CloseRoom;
import io.resolute.protocol.ClientPacket.IssueKey;
import io.resolute.protocol.ClientPacket.JoinRoom;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.ClientPacket.LeaveRoom;
import io.resolute.protocol.ClientPacket.ListMembers;
import io.resolute.protocol.ClientPacket.ResetKeys;
import io.resolute.protocol.ClientPacket.SendMessage;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.ServerPacket.Done;
import io.resolute.protocol.ServerPacket.Failure;
import io.resolute.protocol.ServerPacket.Joined;
import io.resolute.protocol.ServerPacket.KeyIssued;
import io.resolute.protocol.ServerPacket.Members;
import io.resolute.protocol.ServerPacket.Message;
import io.resolute.protocol.ServerPacket.MessageSent;
import io.resolute.protocol.ServerPacket.RoomClosed;
import io.resolute.protocol.ServerPacket.RoomCreated;
import io.resolute.protocol.ServerPacket.UserJoined;
import io.resolute.protocol.ServerPacket.UserLeft;
import io.resolute.protocol.ServerPacketDecoder.MalformedFrameException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rooms and keepers of keys on several event loops, spoken to as gateways do. */
@ExtendWith(VertxExtension.class)
class RoomVerticleTest {
  private static final int INSTANCES = Inbox.SHARDS;
  private static final int CAPACITY = 100;
  private static final int ONE_TIME_KEYS = 2;
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final RandomTokens random = new RandomTokens(new SecureRandom());
  private final Semaphore capacity = new Semaphore(CAPACITY);
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final SecretMac secret = SecretMac.draw();
  private final List<JoinKeys> keys = new ArrayList<>();
  private final List<String> keepers = new ArrayList<>();

  @BeforeEach
  void deploy(Vertx vertx) throws TimeoutException {
    LocalCodec.registerAll(vertx.eventBus());
    for (int i = 0; i < INSTANCES; i++) {
      JoinKeys part = new JoinKeys(ONE_TIME_KEYS, random, new HmacKeyDerivation(secret));
      keys.add(part);
      keepers.add(await(vertx.deployVerticle(new KeyVerticle(i, part))));
      Rooms rooms = new Rooms(60, LIFETIME, capacity, () -> Objects.requireNonNull(now.get()));
      await(vertx.deployVerticle(new RoomVerticle(i, rooms)));
    }
  }

  @AfterEach
  void wipe() {
    secret.close();
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(10, TimeUnit.SECONDS);
  }

  private static JoinRoom entry(RoomId room, KeyKind kind, JoinKey key, String name) {
    return new JoinRoom(room, kind, key, name, People.PEM);
  }

  private static Inbox owner(Vertx vertx, RoomId room)
      throws InterruptedException, MalformedFrameException {
    Inbox owner = new Inbox(vertx, "ann");
    owner.ask(room, creation("ann"));
    assertThat(owner.next(RoomCreated.class).room()).isEqualTo(room);
    return owner;
  }

  private static JoinKey issue(Inbox owner, RoomId room, KeyKind kind)
      throws InterruptedException, MalformedFrameException {
    owner.ask(new IssueKey(room, kind));
    KeyIssued issued = owner.next(KeyIssued.class);
    assertThat(issued.kind()).isEqualTo(kind);
    return issued.key();
  }

  private static void assertFailure(Inbox inbox, ErrorCode code)
      throws InterruptedException, MalformedFrameException {
    assertThat(inbox.next(Failure.class).code()).isEqualTo(code);
  }

  @Test
  void aConversationGoesItsWay(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    Inbox bob = new Inbox(vertx, "bob");
    bob.ask(entry(ROOM, KeyKind.ONE_TIME, issue(ann, ROOM, KeyKind.ONE_TIME), "bob"));
    assertThat(bob.next(Joined.class).users()).containsExactly(People.asSeen("ann"));
    assertThat(ann.next(UserJoined.class).kind()).isEqualTo(KeyKind.ONE_TIME);
    Inbox cat = new Inbox(vertx, "cat");
    cat.ask(entry(ROOM, KeyKind.FOREVER, issue(ann, ROOM, KeyKind.FOREVER), "cat"));
    assertThat(cat.next(Joined.class).users()).hasSize(2);
    assertThat(ann.next(UserJoined.class).kind()).isEqualTo(KeyKind.FOREVER);
    assertThat(bob.next(UserJoined.class).user()).isEqualTo(People.asSeen("cat"));
    bob.ask(new SendMessage(ROOM, null, "hi"));
    assertThat(bob.next(MessageSent.class).recipients()).isEqualTo(2);
    assertThat(ann.next(Message.class))
        .isEqualTo(new Message(ROOM, bob.user(), "bob", "hi"))
        .isEqualTo(cat.next(Message.class));
    cat.ask(new ListMembers(ROOM));
    assertThat(cat.next(Members.class).users()).hasSize(3);
    ann.ask(new LeaveRoom(ROOM));
    assertThat(ann.next(Done.class)).isEqualTo(new Done("leave-room", ROOM));
    assertThat(bob.next(RoomClosed.class).reason()).isEqualTo(RoomClosed.ClosedReason.OWNER_LEFT);
  }

  @Test
  void whatIsSaidArrivesInTheOrderInWhichItWasSaid(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    Inbox bob = new Inbox(vertx, "bob");
    bob.ask(entry(ROOM, KeyKind.ONE_TIME, issue(ann, ROOM, KeyKind.ONE_TIME), "bob"));
    bob.next(Joined.class);
    for (int i = 0; i < 1000; i++) {
      ann.ask(new SendMessage(ROOM, i % 2 == 0 ? null : bob.user(), Integer.toString(i)));
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(bob.next(Message.class).content().text()).isEqualTo(Integer.toString(i));
    }
  }

  @Test
  void whatIsSaidToAllIsEncodedOnce(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    JoinKey key = issue(ann, ROOM, KeyKind.FOREVER);
    List<Inbox> others = new ArrayList<>();
    for (String name : List.of("bob", "cat", "dan")) {
      Inbox other = new Inbox(vertx, name);
      other.ask(entry(ROOM, KeyKind.FOREVER, key, name));
      other.next(Joined.class);
      ann.next(UserJoined.class);
      for (Inbox before : others) {
        before.next(UserJoined.class);
      }
      others.add(other);
    }
    ann.ask(new SendMessage(ROOM, null, "hi"));
    byte[] text = others.get(0).nextFrame().text();
    assertThat(new String(text, StandardCharsets.UTF_8)).contains("\"hi\"");
    for (Inbox other : others.subList(1, others.size())) {
      assertThat(other.nextFrame().text()).isSameAs(text);
    }
  }

  @Test
  void whoJoinsInTheTurnInWhichTheConnectionEndsIsNotLeftBehind(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    JoinKey forever = issue(ann, ROOM, KeyKind.FOREVER);
    Inbox bob = new Inbox(vertx, "bob");
    bob.askAndEnd(entry(ROOM, KeyKind.FOREVER, forever, "bob"));
    Inbox cat = new Inbox(vertx, "cat"); // Whose key is looked at behind bob's.
    cat.ask(entry(ROOM, KeyKind.FOREVER, forever, "cat"));
    assertThat(cat.next(Joined.class).users()).containsExactly(People.asSeen("ann"));
    assertThat(ann.next(UserJoined.class).user()).isEqualTo(People.asSeen("cat"));
    assertThat(bob.isEmpty()).isTrue();
  }

  @Test
  void whatIsSaidInTheTurnInWhichTheConnectionEndsArrivesBeforeTheDeparture(Vertx vertx)
      throws Exception {
    Inbox ann = owner(vertx, ROOM);
    Inbox bob = new Inbox(vertx, "bob");
    bob.ask(entry(ROOM, KeyKind.ONE_TIME, issue(ann, ROOM, KeyKind.ONE_TIME), "bob"));
    bob.next(Joined.class);
    ann.next(UserJoined.class);
    bob.askAndEnd(new SendMessage(ROOM, null, "bye"));
    assertThat(ann.next(Message.class)).isEqualTo(new Message(ROOM, bob.user(), "bob", "bye"));
    assertThat(ann.next(UserLeft.class).reason()).isEqualTo(UserLeft.LeftReason.DISCONNECTED);
  }

  @Test
  void ofManyWhoRaceForOneKeyOneGetsIn(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    for (int round = 0; round < 20; round++) {
      JoinKey key = issue(ann, ROOM, KeyKind.ONE_TIME);
      List<Inbox> guests = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        guests.add(new Inbox(vertx, "g" + round + "n" + i));
      }
      guests.parallelStream()
          .forEach(guest -> guest.ask(entry(ROOM, KeyKind.ONE_TIME, key, "guest")));
      int joined = 0;
      for (Inbox guest : guests) {
        OutboundFrame frame = guest.nextFrame();
        ServerPacket packet = Inbox.read(frame);
        if (packet instanceof Joined) {
          joined++;
        } else {
          assertThat(((Failure) packet).code()).isEqualTo(ErrorCode.BAD_KEY);
          assertThat(frame.released()).isEqualTo(ROOM);
        }
      }
      assertThat(joined).isEqualTo(1);
      ann.next(UserJoined.class);
    }
  }

  @Test
  void onlyFramesWithAKeyAreSecret(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    for (KeyKind kind : KeyKind.values()) {
      ann.ask(new IssueKey(ROOM, kind));
      OutboundFrame frame = ann.nextFrame();
      assertThat(Inbox.read(frame)).isInstanceOf(ServerPacket.KeyIssued.class);
      assertThat(frame.secret()).isTrue();
    }
    ann.ask(new ListMembers(ROOM));
    assertThat(ann.nextFrame().secret()).isFalse();
  }

  @Test
  void aNonOwnerWhoAsksForAKeyGetsARefusalAndNothingElse(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    Inbox bob = new Inbox(vertx, "bob");
    bob.ask(entry(ROOM, KeyKind.ONE_TIME, issue(ann, ROOM, KeyKind.ONE_TIME), "bob"));
    bob.next(Joined.class);
    bob.ask(new IssueKey(ROOM, KeyKind.ONE_TIME));
    bob.ask(new ResetKeys(ROOM));
    bob.ask(new ListMembers(ROOM));
    assertThat(bob.next(Failure.class).command()).isEqualTo("room-key-onetime-error");
    assertThat(bob.next(Failure.class).command()).isEqualTo("reset-room-keys-error");
    bob.next(Members.class);
    assertThat(bob.isEmpty()).isTrue();
  }

  @Test
  void everyRequestIsSettledOnceWhateverBecomesOfIt(Vertx vertx) throws Exception {
    Inbox owner = owner(vertx, ROOM);
    List<ClientPacket.InRoom> packets =
        List.of(
            new IssueKey(ROOM, KeyKind.ONE_TIME),
            new IssueKey(room("none"), KeyKind.FOREVER),
            new ResetKeys(ROOM),
            new SendMessage(ROOM, null, "hello"),
            new SendMessage(room("none"), null, "hello"),
            new ListMembers(ROOM),
            new ListMembers(room("none")),
            entry(ROOM, KeyKind.FOREVER, new JoinKey("A".repeat(32)), "ann"),
            entry(room("none"), KeyKind.FOREVER, new JoinKey("A".repeat(32)), "ann"),
            new LeaveRoom(room("none")),
            new CloseRoom(ROOM),
            new LeaveRoom(ROOM));
    packets.forEach(owner::ask);
    int weight =
        ClientPacket.MAX_WEIGHT + packets.stream().mapToInt(ClientPacket.ForRoom::weight).sum();
    Awaitility.await().untilAsserted(() -> assertThat(owner.settled()).isEqualTo(weight));
    undeployKeepers(vertx);
    owner.ask(entry(ROOM, KeyKind.FOREVER, new JoinKey("A".repeat(32)), "ann"));
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(owner.settled()).isEqualTo(weight + ClientPacket.MAX_WEIGHT));
  }

  @Test
  void aSenderPaysForEachCopyAndForTheAnswer(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    JoinKey forever = issue(ann, ROOM, KeyKind.FOREVER);
    List<Inbox> guests = List.of(new Inbox(vertx, "bob"), new Inbox(vertx, "cat"));
    for (Inbox guest : guests) {
      guest.ask(entry(ROOM, KeyKind.FOREVER, forever, "guest"));
      guest.next(Joined.class);
      ann.next(UserJoined.class);
    }
    guests.get(0).next(UserJoined.class);
    ann.ask(new ListMembers(ROOM)); // Settled behind all that was asked before.
    ann.next(Members.class);
    int settled =
        ClientPacket.MAX_WEIGHT
            + new IssueKey(ROOM, KeyKind.FOREVER).weight()
            + new ListMembers(ROOM).weight();
    Awaitility.await().untilAsserted(() -> assertThat(ann.settled()).isEqualTo(settled));
    long before = ann.sent();
    ann.ask(new SendMessage(ROOM, null, "hello"));
    long bytes = 0;
    for (Inbox guest : guests) {
      bytes += textOf(guest.nextFrame()).length;
    }
    bytes += textOf(ann.nextFrame()).length;
    long expected = before + bytes;
    Awaitility.await().untilAsserted(() -> assertThat(ann.sent()).isEqualTo(expected));
  }

  private static byte[] textOf(OutboundFrame frame) {
    return Objects.requireNonNull(frame.text());
  }

  @Test
  void aKeyThatComesWhenItsOwnerIsGoneIsWiped(Vertx vertx) throws Exception {
    undeployKeepers(vertx);
    AtomicReference<io.vertx.core.eventbus.Message<KeyCommand>> issue = new AtomicReference<>();
    serveAsKeeper(
        vertx,
        message -> {
          if (message.body() instanceof KeyCommand.Issue) {
            issue.set(message);
          }
        });
    Inbox ann = owner(vertx, ROOM);
    ann.ask(new IssueKey(ROOM, KeyKind.ONE_TIME));
    ann.ask(new LeaveRoom(ROOM));
    ann.next(Done.class);
    Awaitility.await().until(() -> issue.get() != null);
    JoinKey key = random.joinKey();
    Objects.requireNonNull(issue.get()).reply(new KeyReply.Issued(key), LocalCodec.FROM_KEYS);
    assertFailure(ann, ErrorCode.NOT_FOUND);
    assertThatIllegalStateException().isThrownBy(key::value);
  }

  @Test
  void aRequestThatFailsIsAnsweredAndOneToEnterGivesItsPlaceBack(Vertx vertx) throws Exception {
    now.set(null);
    Inbox ann = new Inbox(vertx, "ann");
    ann.ask(ROOM, creation("ann"));
    OutboundFrame frame = ann.nextFrame();
    assertThat(((Failure) Inbox.read(frame)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(frame.released()).isEqualTo(ROOM);
  }

  @Test
  void aResetMakesKeysWorthlessThatWereNotUsed(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    JoinKey once = issue(ann, ROOM, KeyKind.ONE_TIME);
    JoinKey forever = issue(ann, ROOM, KeyKind.FOREVER);
    ann.ask(new ResetKeys(ROOM));
    assertThat(ann.next(Done.class)).isEqualTo(new Done("reset-room-keys", ROOM));
    Inbox bob = new Inbox(vertx, "bob");
    bob.ask(entry(ROOM, KeyKind.ONE_TIME, once, "bob"));
    assertFailure(bob, ErrorCode.BAD_KEY);
    bob.ask(entry(ROOM, KeyKind.FOREVER, forever, "bob"));
    assertFailure(bob, ErrorCode.BAD_KEY);
  }

  @Test
  void aRoomWithAsManyKeysAsItMayHaveSaysSo(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    for (int i = 0; i < ONE_TIME_KEYS; i++) {
      issue(ann, ROOM, KeyKind.ONE_TIME);
    }
    ann.ask(new IssueKey(ROOM, KeyKind.ONE_TIME));
    assertFailure(ann, ErrorCode.LIMIT_REACHED);
  }

  @Test
  void aJoinOfAFullRoomConsumesNoKey(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    JoinKey forever = issue(ann, ROOM, KeyKind.FOREVER);
    Inbox guest = ann;
    for (int i = 1; i < 60; i++) {
      guest = new Inbox(vertx, "g" + i);
      guest.ask(entry(ROOM, KeyKind.FOREVER, forever, "guest"));
      guest.next(Joined.class);
      ann.next(UserJoined.class);
    }
    JoinKey once = issue(ann, ROOM, KeyKind.ONE_TIME);
    Inbox late = new Inbox(vertx, "late");
    late.ask(entry(ROOM, KeyKind.ONE_TIME, once, "late"));
    assertFailure(late, ErrorCode.LIMIT_REACHED);
    guest.end(ROOM);
    ann.next(UserLeft.class);
    late.ask(entry(ROOM, KeyKind.ONE_TIME, once, "late"));
    late.next(Joined.class);
  }

  @Test
  void aKeyIsAskedForWhereTheRoomDoesNotExistToo(Vertx vertx) throws Exception {
    undeployKeepers(vertx);
    List<KeyCommand> asked = answerAsKeeper(vertx, new KeyReply.Refused());
    owner(vertx, ROOM);
    Inbox eve = new Inbox(vertx, "eve");
    for (RoomId room : List.of(room("nowhere"), ROOM)) {
      JoinRoom join = entry(room, KeyKind.ONE_TIME, People.KEY, "eve");
      eve.ask(join);
      assertFailure(eve, ErrorCode.BAD_KEY);
      assertThat(asked)
          .containsExactly(
              new KeyCommand.Redeem(room, KeyKind.ONE_TIME, People.KEY, room.equals(ROOM)));
      asked.clear();
    }
  }

  @Test
  void theAnswersToOutsidersAreTheSameBytes(Vertx vertx) throws Exception {
    owner(vertx, ROOM);
    Inbox eve = new Inbox(vertx, "eve");
    for (KeyKind kind : KeyKind.values()) {
      eve.ask(entry(room("nowhere"), kind, People.KEY, "eve"));
      byte[] expected = eve.nextFrame().text();
      eve.ask(entry(ROOM, kind, People.KEY, "eve"));
      eve.ask(entry(ROOM, kind, People.KEY, "eve"));
      assertThat(eve.nextFrame().text()).isEqualTo(expected);
      assertThat(eve.nextFrame().text()).isEqualTo(expected);
    }
    eve.ask(new ResetKeys(room("nowhere")));
    byte[] expected = eve.nextFrame().text();
    eve.ask(new ResetKeys(ROOM));
    assertThat(eve.nextFrame().text()).isEqualTo(expected);
  }

  @Test
  void withoutAKeeperOfKeysWhatNeedsOneIsUnavailable(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    undeployKeepers(vertx);
    ann.ask(new IssueKey(ROOM, KeyKind.ONE_TIME));
    OutboundFrame refusal = ann.nextFrame();
    assertThat(((Failure) Inbox.read(refusal)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(refusal.released()).isNull();
    ann.ask(new ResetKeys(ROOM));
    assertFailure(ann, ErrorCode.UNAVAILABLE);
    Inbox eve = new Inbox(vertx, "eve");
    for (RoomId room : List.of(ROOM, room("nowhere"))) {
      eve.ask(entry(room, KeyKind.FOREVER, People.KEY, "eve"));
      OutboundFrame frame = eve.nextFrame();
      assertThat(((Failure) Inbox.read(frame)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(frame.released()).isEqualTo(room);
    }
    answerAsKeeper(vertx, new KeyReply.Done());
    eve.ask(entry(ROOM, KeyKind.FOREVER, People.KEY, "eve"));
    eve.next(Joined.class);
  }

  @Test
  void theKeysOfARoomAreForgottenHoweverItEnds(Vertx vertx) throws Exception {
    undeployKeepers(vertx);
    List<KeyCommand> asked = answerAsKeeper(vertx, new KeyReply.Done());
    RoomId left = room("left");
    RoomId closed = room("closed");
    RoomId dropped = room("dropped");
    Inbox ann = new Inbox(vertx, "ann");
    Inbox bob = new Inbox(vertx, "bob");
    for (RoomId room : List.of(left, closed, dropped)) {
      ann.ask(room, creation("ann"));
      ann.next(RoomCreated.class);
      bob.ask(entry(room, KeyKind.FOREVER, People.KEY, "bob"));
      bob.next(Joined.class);
      ann.next(UserJoined.class);
      if (room.equals(left)) {
        ann.ask(new LeaveRoom(room));
        ann.next(Done.class);
      } else if (room.equals(closed)) {
        ann.ask(new CloseRoom(room));
        ann.next(Done.class);
      } else {
        ann.end(room);
      }
      bob.next(RoomClosed.class);
      // Behind the last command of its room, so that what was sent before has arrived.
      bob.ask(entry(room, KeyKind.FOREVER, People.KEY, "bob"));
      assertFailure(bob, ErrorCode.BAD_KEY);
      assertThat(asked).containsOnlyOnce(new KeyCommand.Forget(room));
    }
    assertThat(capacity.availablePermits()).isEqualTo(CAPACITY);
  }

  @Test
  void aMembersLeavingForgetsNoKeys(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    JoinKey forever = issue(ann, ROOM, KeyKind.FOREVER);
    JoinKey once = issue(ann, ROOM, KeyKind.ONE_TIME);
    Inbox bob = new Inbox(vertx, "bob");
    bob.ask(entry(ROOM, KeyKind.FOREVER, forever, "bob"));
    bob.next(Joined.class);
    bob.ask(new LeaveRoom(ROOM));
    bob.next(Done.class);
    bob.ask(entry(ROOM, KeyKind.ONE_TIME, once, "bob"));
    bob.next(Joined.class);
  }

  @Test
  void aRoomThatIsTooOldIsClosedAndItsKeysAreForgotten(Vertx vertx) throws Exception {
    Inbox ann = owner(vertx, ROOM);
    issue(ann, ROOM, KeyKind.ONE_TIME);
    assertThat(keys.stream().mapToInt(JoinKeys::rooms).sum()).isEqualTo(1);
    now.set(Instant.EPOCH.plus(LIFETIME));
    OutboundFrame frame = ann.nextFrame();
    assertThat(Inbox.read(frame)).isEqualTo(new RoomClosed(ROOM, RoomClosed.ClosedReason.EXPIRED));
    assertThat(frame.released()).isEqualTo(ROOM);
    ann.ask(entry(ROOM, KeyKind.ONE_TIME, People.KEY, "ann"));
    assertFailure(ann, ErrorCode.BAD_KEY);
    assertThat(keys.stream().mapToInt(JoinKeys::rooms).sum()).isZero();
  }

  private void undeployKeepers(Vertx vertx) throws TimeoutException {
    for (String keeper : keepers) {
      await(vertx.undeploy(keeper));
    }
  }

  /** Answers every command with {@code reply}, and returns the list that they are added to. */
  private static List<KeyCommand> answerAsKeeper(Vertx vertx, KeyReply reply)
      throws TimeoutException {
    List<KeyCommand> asked = new CopyOnWriteArrayList<>();
    serveAsKeeper(
        vertx,
        message -> {
          asked.add(message.body());
          message.reply(reply, LocalCodec.FROM_KEYS);
        });
    return asked;
  }

  private static void serveAsKeeper(
      Vertx vertx, Handler<io.vertx.core.eventbus.Message<KeyCommand>> keeper)
      throws TimeoutException {
    for (int shard = 0; shard < INSTANCES; shard++) {
      await(
          vertx
              .eventBus()
              .<KeyCommand>localConsumer(Addresses.ofKeyShard(shard), keeper)
              .completion());
    }
  }
}
