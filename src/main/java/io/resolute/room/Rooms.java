package io.resolute.room;

import io.resolute.bus.Origin;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.ClientPacket.CloseRoom;
import io.resolute.protocol.ClientPacket.CreateRoom;
import io.resolute.protocol.ClientPacket.JoinRoom;
import io.resolute.protocol.ClientPacket.LeaveRoom;
import io.resolute.protocol.ClientPacket.ListMembers;
import io.resolute.protocol.ClientPacket.SendMessage;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket.Done;
import io.resolute.protocol.ServerPacket.Failure;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.RoomCreated;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;
import io.resolute.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that one event loop serves: finds the room that a request names, and answers for those
 * that do not exist. Not for use by several threads at once.
 */
public final class Rooms {
  private final int membersPerRoom;
  private final Duration lifetime;
  private final Semaphore capacity;
  private final InstantSource clock;
  private final Map<RoomId, Room> rooms = new LinkedHashMap<>();

  /**
   * Makes an empty collection.
   *
   * @param membersPerRoom how many members a room may have
   * @param lifetime how long a room may live
   * @param capacity how many more rooms there may be; shared with the server's other collections
   */
  public Rooms(int membersPerRoom, Duration lifetime, Semaphore capacity, InstantSource clock) {
    this.membersPerRoom = membersPerRoom;
    this.lifetime = lifetime;
    this.capacity = capacity;
    this.clock = clock;
  }

  /** Returns whether {@code room} exists. */
  public boolean contains(RoomId room) {
    return rooms.containsKey(room);
  }

  /** Returns how many rooms there are. */
  public int size() {
    return rooms.size();
  }

  /** Makes the room {@code id}, with the sender as its owner. */
  public List<Delivery> create(Origin origin, RoomId id, CreateRoom packet) {
    // An id that is taken cannot happen by chance: 62^32 of them.
    if (rooms.containsKey(id) || !capacity.tryAcquire()) {
      return List.of(Delivery.reply(origin, Refusals.tooManyRooms(packet.command())).releasing(id));
    }
    Member owner = Member.of(id, origin, packet.username(), packet.publicKey());
    rooms.put(id, new Room(id, packet.name(), owner, clock.instant(), membersPerRoom));
    return List.of(
        Delivery.reply(
            origin, new RoomCreated(id, origin.user(), packet.name(), packet.clientRoomId())));
  }

  /** What comes of a join before its key is looked at. */
  public enum Seat {
    /** A seat is kept: the key may be consumed. */
    KEPT,
    /** There is no room, or no seat: the key may be looked at, but not consumed. */
    NONE,
    /**
     * As {@link #NONE}, because another join of the sender is under way, which no gateway lets
     * happen.
     */
    PENDING,
    /** The sender is a member: there is nothing to join. */
    TAKEN
  }

  /** Keeps a seat for the sender, if there is one. */
  public Seat reserve(Origin origin, RoomId id) {
    Room room = rooms.get(id);
    if (room == null) {
      return Seat.NONE;
    }
    if (room.isMember(origin.user())) {
      return Seat.TAKEN;
    }
    if (room.isArriving(origin.user())) {
      return Seat.PENDING; // Without a key, nobody may learn that there is a seat to wait for.
    }
    return room.reserveSeat(origin.user()) ? Seat.KEPT : Seat.NONE;
  }

  /** Refuses somebody who is a member. */
  public List<Delivery> refuseTaken(Origin origin, JoinRoom packet) {
    return refuse(origin, packet, Refusals.alreadyJoined(packet.command(), packet.room()));
  }

  /**
   * Lets the sender in, or not.
   *
   * @param seat what {@link #reserve} said
   * @param keyIsRight what the keeper of keys said
   */
  public List<Delivery> admit(Origin origin, JoinRoom packet, Seat seat, boolean keyIsRight) {
    Room room = rooms.get(packet.room());
    if (room != null && room.isMember(origin.user())) {
      return refuseTaken(origin, packet);
    }
    if (room == null || !keyIsRight) {
      return giveUp(origin, packet, seat, Refusals.badKey(packet.command()));
    }
    if (seat == Seat.PENDING) {
      return refuseTaken(origin, packet);
    }
    if (seat == Seat.NONE) {
      return refuse(origin, packet, Refusals.roomFull(packet.command()));
    }
    // A connection that ended meanwhile has given its seat back, and hears nothing any more.
    return room.isArriving(origin.user()) ? room.join(origin, packet) : List.of();
  }

  /**
   * Ends a join for which the keeper of keys did not answer.
   *
   * @param seat what {@link #reserve} said
   */
  public List<Delivery> abandon(Origin origin, JoinRoom packet, Seat seat) {
    return giveUp(origin, packet, seat, Refusals.unavailable(packet.command()));
  }

  private List<Delivery> giveUp(Origin origin, JoinRoom packet, Seat seat, Failure failure) {
    Room room = rooms.get(packet.room());
    if (room != null && seat == Seat.KEPT) {
      room.releaseSeat(origin.user());
    }
    return refuse(origin, packet, failure);
  }

  private static List<Delivery> refuse(Origin origin, JoinRoom packet, Failure failure) {
    return List.of(Delivery.reply(origin, failure).releasing(packet.room()));
  }

  /** Returns why the sender may not do what only the owner may; nothing if it may. */
  public Optional<Failure> refuseUnlessOwner(Origin origin, ClientPacket.InRoom packet) {
    Room room = roomOf(origin.user(), packet.room());
    if (room == null) {
      return Optional.of(Refusals.notFound(packet.command()));
    }
    return room.isOwner(origin.user())
        ? Optional.empty()
        : Optional.of(Refusals.forbidden(packet.command(), packet.room()));
  }

  /** Says what the sender says. */
  public List<Delivery> send(Origin origin, SendMessage packet) {
    return asMember(origin, packet, room -> room.send(origin, packet));
  }

  /** Tells the sender who is in the room. */
  public List<Delivery> list(Origin origin, ListMembers packet) {
    return asMember(origin, packet, room -> room.list(origin));
  }

  /** Takes the sender out of the room; closes it if the sender is the owner. */
  public List<Delivery> leave(Origin origin, LeaveRoom packet) {
    return asMember(
        origin,
        packet,
        room -> {
          List<Delivery> deliveries = new ArrayList<>();
          deliveries.add(done(origin, packet));
          deliveries.addAll(depart(room, packet.room(), origin.user(), LeftReason.LEFT));
          return deliveries;
        });
  }

  /** Closes the room. */
  public List<Delivery> close(Origin origin, CloseRoom packet) {
    Optional<Failure> refusal = refuseUnlessOwner(origin, packet);
    if (refusal.isPresent()) {
      return List.of(Delivery.reply(origin, refusal.get()));
    }
    List<Delivery> deliveries = new ArrayList<>();
    deliveries.add(done(origin, packet));
    deliveries.addAll(end(packet.room(), ClosedReason.CLOSED, origin.user()));
    return deliveries;
  }

  private static Delivery done(Origin origin, ClientPacket.InRoom packet) {
    return Delivery.reply(origin, new Done(packet.command(), packet.room()))
        .releasing(packet.room());
  }

  private List<Delivery> depart(Room room, RoomId id, UserId user, LeftReason reason) {
    return room.isOwner(user) ? end(id, ClosedReason.OWNER_LEFT, user) : room.remove(user, reason);
  }

  /** Takes somebody out whose connection has ended; closes the room if it was the owner. */
  public List<Delivery> disconnect(RoomId id, UserId user) {
    Room room = rooms.get(id);
    if (room == null) {
      return List.of();
    }
    room.releaseSeat(user);
    return room.isMember(user) ? depart(room, id, user, LeftReason.DISCONNECTED) : List.of();
  }

  /** Returns the rooms that have lived as long as a room may. */
  public List<RoomId> expired() {
    Instant youngest = clock.instant().minus(lifetime);
    List<RoomId> expired = new ArrayList<>();
    for (var entry : rooms.entrySet()) {
      if (entry.getValue().created().isAfter(youngest)) {
        break; // The map is in the order of creation: the rest is younger still.
      }
      expired.add(entry.getKey());
    }
    return expired;
  }

  /** Closes a room that has lived as long as a room may. */
  public List<Delivery> expire(RoomId id) {
    return end(id, ClosedReason.EXPIRED, null);
  }

  private List<Delivery> end(RoomId id, ClosedReason reason, @Nullable UserId except) {
    Room room = rooms.remove(id);
    if (room == null) {
      return List.of();
    }
    capacity.release();
    return room.close(reason, except);
  }

  private List<Delivery> asMember(
      Origin origin, ClientPacket.InRoom packet, Function<Room, List<Delivery>> step) {
    Room room = roomOf(origin.user(), packet.room());
    return room == null
        ? List.of(Delivery.reply(origin, Refusals.notFound(packet.command())))
        : step.apply(room);
  }

  private @Nullable Room roomOf(UserId user, RoomId id) {
    Room room = rooms.get(id);
    return room != null && room.isMember(user) ? room : null;
  }
}
