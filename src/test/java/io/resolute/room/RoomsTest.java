package io.resolute.room;

import static io.resolute.room.People.ROOM;
import static io.resolute.room.People.asSeen;
import static io.resolute.room.People.by;
import static io.resolute.room.People.connection;
import static io.resolute.room.People.creation;
import static io.resolute.room.People.entry;
import static io.resolute.room.People.room;
import static io.resolute.room.People.silently;
import static io.resolute.room.People.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.bus.Origin;
import io.resolute.protocol.ClientPacket.CloseRoom;
import io.resolute.protocol.ClientPacket.IssueKey;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.ClientPacket.LeaveRoom;
import io.resolute.protocol.ClientPacket.ListMembers;
import io.resolute.protocol.ClientPacket.ResetKeys;
import io.resolute.protocol.ClientPacket.SendMessage;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.ServerPacket.Done;
import io.resolute.protocol.ServerPacket.Failure;
import io.resolute.protocol.ServerPacket.Joined;
import io.resolute.protocol.ServerPacket.Members;
import io.resolute.protocol.ServerPacket.Message;
import io.resolute.protocol.ServerPacket.MessageSent;
import io.resolute.protocol.ServerPacket.RoomClosed;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.RoomCreated;
import io.resolute.protocol.ServerPacket.UserJoined;
import io.resolute.protocol.ServerPacket.UserLeft;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;
import io.resolute.room.Rooms.Seat;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** What follows from each request. Joins have tests of their own: {@link JoinTest}. */
class RoomsTest {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int MEMBERS = 4;

  private final Semaphore capacity = new Semaphore(2);
  private Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private final Rooms rooms = new Rooms(MEMBERS, LIFETIME, capacity, () -> now);

  private static Delivery answer(String to, ServerPacket packet) {
    return new Delivery(List.of(connection(to)), "7", Origin.UNASKED, packet, null);
  }

  private static Delivery event(ServerPacket packet, String... to) {
    return new Delivery(
        Arrays.stream(to).map(People::connection).toList(), null, Origin.UNASKED, packet, null);
  }

  private static Delivery farewell(ClosedReason reason, String... to) {
    return event(new RoomClosed(ROOM, reason), to).releasing(ROOM);
  }

  private static Failure notFound(String command) {
    return new Failure(command, ErrorCode.NOT_FOUND, "you are in no such room");
  }

  /** Makes {@link People#ROOM} with an owner and others in it. */
  private void gather(String owner, String... others) {
    rooms.create(by(owner), ROOM, creation(owner));
    for (String other : others) {
      Seat seat = rooms.reserve(by(other), ROOM);
      rooms.admit(by(other), entry(ROOM, other), seat, true);
    }
  }

  @Test
  void whoCreatesARoomOwnsItAndIsInIt() {
    assertThat(rooms.create(by("ann"), ROOM, creation("ann")))
        .containsExactly(answer("ann", new RoomCreated(ROOM, user("ann"), "a room", "mine")));
    assertThat(rooms.contains(ROOM)).isTrue();
    assertThat(rooms.size()).isEqualTo(1);
    assertThat(rooms.list(by("ann"), new ListMembers(ROOM)))
        .containsExactly(answer("ann", new Members(ROOM, user("ann"), List.of(asSeen("ann")))));
  }

  @Test
  void noMoreRoomsAreMadeThanTheServerHasSpaceFor() {
    rooms.create(by("ann"), room("first"), creation("ann"));
    rooms.create(by("ann"), room("second"), creation("ann"));
    List<Delivery> refusal = rooms.create(by("ann"), room("third"), creation("ann"));
    assertThat(refusal).hasSize(1);
    assertThat(((Failure) refusal.get(0).packet()).code()).isEqualTo(ErrorCode.LIMIT_REACHED);
    assertThat(refusal.get(0).packet().command()).isEqualTo("create-room-error");
    assertThat(refusal.get(0).released()).isEqualTo(room("third"));
    rooms.disconnect(room("first"), user("ann"));
    assertThat(rooms.create(by("ann"), room("third"), creation("ann")).get(0).released()).isNull();
  }

  @Test
  void anIdThatIsTakenTakesNothingFromItsRoom() {
    gather("ann");
    List<Delivery> refusal = rooms.create(by("eve"), ROOM, creation("eve"));
    assertThat(((Failure) refusal.get(0).packet()).code()).isEqualTo(ErrorCode.LIMIT_REACHED);
    assertThat(capacity.availablePermits()).isEqualTo(1);
    assertThat(rooms.list(by("ann"), new ListMembers(ROOM)).get(0).packet())
        .isEqualTo(new Members(ROOM, user("ann"), List.of(asSeen("ann"))));
  }

  @Test
  void aMessageWithoutARecipientGoesToEveryOtherMemberAndNamesItsSender() {
    gather("ann", "bob", "cat");
    Message message = new Message(ROOM, user("bob"), "bob", "hi");
    assertThat(rooms.send(by("bob"), new SendMessage(ROOM, null, "hi")))
        .containsExactly(event(message, "ann", "cat"), answer("bob", new MessageSent(ROOM, 2)));
    assertThat(rooms.send(silently("bob"), new SendMessage(ROOM, null, "hi")))
        .containsExactly(event(message, "ann", "cat"));
  }

  @Test
  void aMessageToOneMemberGoesToNobodyElse() {
    gather("ann", "bob", "cat");
    assertThat(rooms.send(by("bob"), new SendMessage(ROOM, user("cat"), "hi")))
        .containsExactly(
            event(new Message(ROOM, user("bob"), "bob", "hi"), "cat"),
            answer("bob", new MessageSent(ROOM, 1)));
  }

  @Test
  void aMessageToOneselfArrives() {
    gather("ann");
    assertThat(rooms.send(by("ann"), new SendMessage(ROOM, user("ann"), "hi")))
        .containsExactly(
            event(new Message(ROOM, user("ann"), "ann", "hi"), "ann"),
            answer("ann", new MessageSent(ROOM, 1)));
  }

  @Test
  void aMessageToAnEmptyRoomIsHandedToNobody() {
    gather("ann");
    assertThat(rooms.send(by("ann"), new SendMessage(ROOM, null, "hi")))
        .last()
        .isEqualTo(answer("ann", new MessageSent(ROOM, 0)));
  }

  @Test
  void aMessageToSomebodyWhoIsNotAMemberIsRefusedEvenWithoutAnId() {
    gather("ann", "bob");
    Failure refusal =
        new Failure("send-message", ErrorCode.NO_SUCH_MEMBER, "the room has no such member", ROOM);
    assertThat(rooms.send(by("ann"), new SendMessage(ROOM, user("eve"), "hi")))
        .containsExactly(answer("ann", refusal));
    assertThat(rooms.send(silently("ann"), new SendMessage(ROOM, user("eve"), "hi")))
        .containsExactly(event(refusal, "ann"));
  }

  @Test
  void whoseJoinIsUnderWayIsNoMemberYet() {
    gather("ann");
    rooms.reserve(by("bob"), ROOM);
    assertThat(rooms.send(by("bob"), new SendMessage(ROOM, null, "hi")))
        .containsExactly(answer("bob", notFound("send-message")));
    assertThat(rooms.send(silently("ann"), new SendMessage(ROOM, null, "hi")).get(0).to())
        .isEmpty();
    assertThat(rooms.list(by("ann"), new ListMembers(ROOM)).get(0).packet())
        .isEqualTo(new Members(ROOM, user("ann"), List.of(asSeen("ann"))));
  }

  @Test
  void aRoomThatIsNotThereAndOneThatIsNotOnesOwnAreTheSameAnswer() {
    gather("ann", "bob");
    for (RoomId room : List.of(ROOM, room("nowhere"))) {
      assertThat(rooms.send(by("eve"), new SendMessage(room, null, "hi")))
          .containsExactly(answer("eve", notFound("send-message")));
      assertThat(rooms.send(by("eve"), new SendMessage(room, user("bob"), "hi")))
          .containsExactly(answer("eve", notFound("send-message")));
      assertThat(rooms.list(by("eve"), new ListMembers(room)))
          .containsExactly(answer("eve", notFound("list-members")));
      assertThat(rooms.leave(by("eve"), new LeaveRoom(room)))
          .containsExactly(answer("eve", notFound("leave-room")));
      assertThat(rooms.close(by("eve"), new CloseRoom(room)))
          .containsExactly(answer("eve", notFound("close-room")));
      assertThat(rooms.refuseUnlessOwner(by("eve"), new ResetKeys(room)))
          .contains(notFound("reset-room-keys"));
      assertThat(rooms.refuseUnlessOwner(by("eve"), new IssueKey(room, KeyKind.ONE_TIME)))
          .contains(notFound("room-key-onetime"));
    }
  }

  @Test
  void whatOnlyTheOwnerMayDoIsForbiddenToMembers() {
    gather("ann", "bob");
    assertThat(rooms.refuseUnlessOwner(by("ann"), new ResetKeys(ROOM))).isEmpty();
    assertThat(rooms.refuseUnlessOwner(by("bob"), new IssueKey(ROOM, KeyKind.FOREVER)))
        .contains(
            new Failure(
                "room-key-forever", ErrorCode.FORBIDDEN, "only the owner may do this", ROOM));
    assertThat(rooms.close(by("bob"), new CloseRoom(ROOM)))
        .containsExactly(
            answer(
                "bob",
                new Failure(
                    "close-room", ErrorCode.FORBIDDEN, "only the owner may do this", ROOM)));
    assertThat(rooms.contains(ROOM)).isTrue();
  }

  @Test
  void theListHoldsEveryMemberInTheOrderInWhichTheyCame() {
    gather("bob", "ann", "cat");
    assertThat(rooms.list(by("ann"), new ListMembers(ROOM)))
        .containsExactly(
            answer(
                "ann",
                new Members(
                    ROOM, user("bob"), List.of(asSeen("bob"), asSeen("ann"), asSeen("cat")))));
  }

  @Test
  void whoLeavesIsToldFirstAndHearsNothingMore() {
    gather("ann", "bob", "cat");
    assertThat(rooms.leave(by("bob"), new LeaveRoom(ROOM)))
        .containsExactly(
            answer("bob", new Done("leave-room", ROOM)).releasing(ROOM),
            event(new UserLeft(ROOM, user("bob"), LeftReason.LEFT), "ann", "cat"));
    assertThat(rooms.send(silently("ann"), new SendMessage(ROOM, null, "hi")).get(0).to())
        .containsExactly(connection("cat"));
    assertThat(rooms.leave(by("bob"), new LeaveRoom(ROOM)))
        .containsExactly(answer("bob", notFound("leave-room")));
  }

  @Test
  void whenTheOwnerLeavesTheRoomIsClosed() {
    gather("ann", "bob", "cat");
    assertThat(rooms.leave(by("ann"), new LeaveRoom(ROOM)))
        .containsExactly(
            answer("ann", new Done("leave-room", ROOM)).releasing(ROOM),
            farewell(ClosedReason.OWNER_LEFT, "bob", "cat"));
    assertGone();
  }

  @Test
  void whenTheOwnerClosesTheRoomEverybodyElseIsTold() {
    gather("ann", "bob");
    assertThat(rooms.close(by("ann"), new CloseRoom(ROOM)))
        .containsExactly(
            answer("ann", new Done("close-room", ROOM)).releasing(ROOM),
            farewell(ClosedReason.CLOSED, "bob"));
    assertGone();
  }

  @Test
  void whenTheOwnersConnectionEndsTheRoomIsClosed() {
    gather("ann", "bob");
    assertThat(rooms.disconnect(ROOM, user("ann")))
        .containsExactly(farewell(ClosedReason.OWNER_LEFT, "bob"));
    assertGone();
  }

  @Test
  void whenAMembersConnectionEndsTheOthersAreTold() {
    gather("ann", "bob", "cat");
    assertThat(rooms.disconnect(ROOM, user("bob")))
        .containsExactly(
            event(new UserLeft(ROOM, user("bob"), LeftReason.DISCONNECTED), "ann", "cat"));
    assertThat(rooms.disconnect(ROOM, user("bob"))).isEmpty();
    assertThat(rooms.contains(ROOM)).isTrue();
  }

  @Test
  void theEndOfSomebodyElsesConnectionChangesNothing() {
    gather("ann");
    assertThat(rooms.disconnect(ROOM, user("eve"))).isEmpty();
    assertThat(rooms.disconnect(room("nowhere"), user("ann"))).isEmpty();
    assertThat(rooms.contains(ROOM)).isTrue();
  }

  @Test
  void aRoomExpiresAtItsAgeAndNotBefore() {
    gather("ann", "bob");
    now = now.plusSeconds(1);
    rooms.create(by("cat"), room("younger"), creation("cat"));
    now = now.plus(LIFETIME).minusSeconds(1).minusNanos(1);
    assertThat(rooms.expired()).isEmpty();
    now = now.plusNanos(1);
    assertThat(rooms.expired()).containsExactly(ROOM);
    assertThat(rooms.expire(ROOM)).containsExactly(farewell(ClosedReason.EXPIRED, "ann", "bob"));
    assertThat(rooms.contains(ROOM)).isFalse();
    assertThat(rooms.expired()).isEmpty();
    now = now.plusSeconds(1);
    assertThat(rooms.expired()).containsExactly(room("younger"));
  }

  @Test
  void aRoomExpiresOnce() {
    gather("ann");
    rooms.expire(ROOM);
    assertThat(rooms.expire(ROOM)).isEmpty();
    assertThat(capacity.availablePermits()).isEqualTo(2);
  }

  private void assertGone() {
    assertThat(rooms.contains(ROOM)).isFalse();
    assertThat(rooms.size()).isZero();
    assertThat(capacity.availablePermits()).isEqualTo(2);
    assertThat(rooms.send(by("bob"), new SendMessage(ROOM, null, "hi")))
        .containsExactly(answer("bob", notFound("send-message")));
  }

  @Test
  void whoComesInIsToldBeforeTheOthersAre() {
    gather("ann", "bob");
    Seat seat = rooms.reserve(by("cat"), ROOM);
    assertThat(rooms.admit(by("cat"), entry(ROOM, "cat"), seat, true))
        .containsExactly(
            answer(
                "cat",
                new Joined(user("cat"), ROOM, "a room", List.of(asSeen("ann"), asSeen("bob")))),
            event(new UserJoined(ROOM, "a room", KeyKind.ONE_TIME, asSeen("cat")), "ann", "bob"));
  }
}
