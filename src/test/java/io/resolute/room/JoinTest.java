package io.resolute.room;

import static io.resolute.room.People.ROOM;
import static io.resolute.room.People.by;
import static io.resolute.room.People.connection;
import static io.resolute.room.People.creation;
import static io.resolute.room.People.entry;
import static io.resolute.room.People.room;
import static io.resolute.room.People.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.protocol.ClientPacket.CloseRoom;
import io.resolute.protocol.ClientPacket.LeaveRoom;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.PacketJson;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket.Failure;
import io.resolute.protocol.ServerPacket.Joined;
import io.resolute.room.Rooms.Seat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Joins, whose keys are checked while the room goes on. */
class JoinTest {
  private static final int MEMBERS = 3;

  private final Rooms rooms =
      new Rooms(MEMBERS, Duration.ofHours(1), new Semaphore(10), () -> Instant.EPOCH);

  @BeforeEach
  void annOwnsARoom() {
    rooms.create(by("ann"), ROOM, creation("ann"));
  }

  private List<Delivery> join(String name) {
    return rooms.admit(by(name), entry(ROOM, name), rooms.reserve(by(name), ROOM), true);
  }

  private static void assertRefused(List<Delivery> deliveries, String name, ErrorCode code) {
    assertThat(deliveries).hasSize(1);
    Delivery refusal = deliveries.get(0);
    assertThat(((Failure) refusal.packet()).code()).isEqualTo(code);
    assertThat(refusal.packet().command()).isEqualTo("join-room-onetime-error");
    assertThat(refusal.to()).containsExactly(connection(name));
    assertThat(refusal.requestId()).isEqualTo("7");
    assertThat(refusal.released()).isNotNull();
  }

  private void assertLetIn(List<Delivery> deliveries) {
    assertThat(deliveries).isNotEmpty();
    assertThat(deliveries.get(0).packet()).isInstanceOf(Joined.class);
    assertThat(deliveries).allMatch(delivery -> delivery.released() == null);
  }

  @Test
  void aRightKeyLetsIn() {
    assertLetIn(join("bob"));
  }

  @Test
  void aWrongKeyIsRefusedAndGivesTheSeatBack() {
    for (int i = 0; i <= MEMBERS; i++) {
      Seat seat = rooms.reserve(by("eve"), ROOM);
      assertThat(seat).isEqualTo(Seat.KEPT);
      assertRefused(
          rooms.admit(by("eve"), entry(ROOM, "eve"), seat, false), "eve", ErrorCode.BAD_KEY);
    }
    assertLetIn(join("bob"));
    assertLetIn(join("cat"));
  }

  @Test
  void noSuchRoomAndAWrongKeyAreTheSameAnswerByteForByte() {
    RoomId nowhere = room("nowhere");
    Seat none = rooms.reserve(by("eve"), nowhere);
    assertThat(none).isEqualTo(Seat.NONE);
    byte[] forNoRoom = refusal(nowhere, none, false);
    assertThat(refusal(nowhere, none, true)).isEqualTo(forNoRoom);
    assertThat(refusal(ROOM, rooms.reserve(by("eve"), ROOM), false)).isEqualTo(forNoRoom);
    join("bob");
    join("cat");
    Seat full = rooms.reserve(by("eve"), ROOM);
    assertThat(refusal(ROOM, full, false)).isEqualTo(forNoRoom);
  }

  @Test
  void noSecondJoinTellsWhoHasNoKeyThatTheRoomIsThere() {
    byte[] forNoRoom = refusal(room("nowhere"), Seat.NONE, false);
    Seat first = rooms.reserve(by("eve"), ROOM);
    Seat second = rooms.reserve(by("eve"), ROOM);
    assertThat(second).isNotIn(Seat.KEPT, Seat.TAKEN);
    assertThat(refusal(ROOM, first, false)).isEqualTo(forNoRoom);
    assertThat(refusal(ROOM, second, false)).isEqualTo(forNoRoom);
  }

  private byte[] refusal(RoomId room, Seat seat, boolean keyIsRight) {
    List<Delivery> deliveries = rooms.admit(by("eve"), entry(room, "eve"), seat, keyIsRight);
    assertRefused(deliveries, "eve", ErrorCode.BAD_KEY);
    return PacketJson.encode(deliveries.get(0).packet(), deliveries.get(0).requestId());
  }

  @Test
  void aMemberWhoJoinsAgainIsToldSoAndNoKeyIsLookedAt() {
    join("bob");
    assertThat(rooms.reserve(by("bob"), ROOM)).isEqualTo(Seat.TAKEN);
    assertRefused(
        rooms.refuseTaken(by("bob"), entry(ROOM, "bob")), "bob", ErrorCode.ALREADY_JOINED);
    assertThat(rooms.reserve(by("ann"), ROOM)).isEqualTo(Seat.TAKEN);
  }

  @Test
  void aJoinBehindAnotherOfTheSameUserIsRefusedAsSuch() {
    Seat first = rooms.reserve(by("bob"), ROOM);
    Seat second = rooms.reserve(by("bob"), ROOM);
    assertThat(second).isNotEqualTo(Seat.KEPT);
    assertLetIn(rooms.admit(by("bob"), entry(ROOM, "bob"), first, true));
    // The first has spent the one-time key that both hold.
    assertRefused(
        rooms.admit(by("bob"), entry(ROOM, "bob"), second, false), "bob", ErrorCode.ALREADY_JOINED);
  }

  @Test
  void aJoinBehindOneWithAWrongKeyIsRefusedAndTheSeatIsFree() {
    Seat first = rooms.reserve(by("bob"), ROOM);
    Seat second = rooms.reserve(by("bob"), ROOM);
    assertRefused(
        rooms.admit(by("bob"), entry(ROOM, "bob"), first, false), "bob", ErrorCode.BAD_KEY);
    assertRefused(
        rooms.admit(by("bob"), entry(ROOM, "bob"), second, true), "bob", ErrorCode.ALREADY_JOINED);
    assertLetIn(join("bob"));
    assertLetIn(join("cat"));
  }

  @Test
  void theSecondOfTwoJoinsDoesNotGiveUpTheSeatOfTheFirst() {
    Seat first = rooms.reserve(by("bob"), ROOM);
    Seat second = rooms.reserve(by("bob"), ROOM);
    assertRefused(
        rooms.admit(by("bob"), entry(ROOM, "bob"), second, false), "bob", ErrorCode.BAD_KEY);
    assertLetIn(rooms.admit(by("bob"), entry(ROOM, "bob"), first, true));
  }

  @Test
  void aFullRoomIsNamedToWhoHoldsAKeyAndNoKeyIsConsumed() {
    join("bob");
    Seat last = rooms.reserve(by("cat"), ROOM);
    assertThat(last).isEqualTo(Seat.KEPT);
    Seat none = rooms.reserve(by("dan"), ROOM);
    assertThat(none).isEqualTo(Seat.NONE);
    List<Delivery> refusal = rooms.admit(by("dan"), entry(ROOM, "dan"), none, true);
    assertRefused(refusal, "dan", ErrorCode.LIMIT_REACHED);
    assertThat(((Failure) refusal.get(0).packet()).room()).isNull();
    assertLetIn(rooms.admit(by("cat"), entry(ROOM, "cat"), last, true));
  }

  @Test
  void aRoomThatClosesMeanwhileIsNoRoom() {
    Seat seat = rooms.reserve(by("bob"), ROOM);
    List<Delivery> closing = rooms.close(by("ann"), new CloseRoom(ROOM));
    assertThat(closing).noneMatch(delivery -> delivery.to().contains(connection("bob")));
    assertRefused(rooms.admit(by("bob"), entry(ROOM, "bob"), seat, true), "bob", ErrorCode.BAD_KEY);
  }

  @Test
  void whoseConnectionEndsMeanwhileDoesNotGetIn() {
    Seat seat = rooms.reserve(by("bob"), ROOM);
    assertThat(rooms.disconnect(ROOM, user("bob"))).isEmpty();
    assertThat(rooms.admit(by("bob"), entry(ROOM, "bob"), seat, true)).isEmpty();
    assertLetIn(join("cat"));
    assertLetIn(join("dan"));
  }

  @Test
  void aJoinThatNobodyAnsweredGivesTheSeatBack() {
    for (int i = 0; i <= MEMBERS; i++) {
      Seat seat = rooms.reserve(by("bob"), ROOM);
      assertThat(seat).isEqualTo(Seat.KEPT);
      assertRefused(
          rooms.abandon(by("bob"), entry(ROOM, "bob"), seat), "bob", ErrorCode.UNAVAILABLE);
    }
    assertLetIn(join("bob"));
  }

  @Test
  void whoLeavesMayComeBack() {
    join("bob");
    rooms.leave(by("bob"), new LeaveRoom(ROOM));
    assertLetIn(join("bob"));
    assertLetIn(join("cat"));
  }
}
