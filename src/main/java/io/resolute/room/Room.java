package io.resolute.room;

import io.resolute.bus.ConnectionId;
import io.resolute.bus.Origin;
import io.resolute.protocol.ClientPacket.JoinRoom;
import io.resolute.protocol.ClientPacket.SendMessage;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket.Joined;
import io.resolute.protocol.ServerPacket.Members;
import io.resolute.protocol.ServerPacket.Message;
import io.resolute.protocol.ServerPacket.MessageSent;
import io.resolute.protocol.ServerPacket.RoomClosed;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.User;
import io.resolute.protocol.ServerPacket.UserJoined;
import io.resolute.protocol.ServerPacket.UserLeft;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;
import io.resolute.protocol.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One room: its members in the order in which they came, and the seats kept for those whose key is
 * being checked. Lives as long as its owner is in it.
 *
 * <p>Every method answers with what is to be delivered, in that order. Not for use by several
 * threads at once.
 */
final class Room {
  private final RoomId id;
  private final String name;
  private final UserId owner;
  private final Instant created;
  private final int seats;
  private final Map<UserId, Member> members = new LinkedHashMap<>();
  private final Set<UserId> arriving = new HashSet<>();

  /**
   * Makes a room with its owner in it.
   *
   * @param seats how many members it may have, the owner included
   */
  Room(RoomId id, String name, Member owner, Instant created, int seats) {
    this.id = id;
    this.name = name;
    this.owner = owner.user().id();
    this.created = created;
    this.seats = seats;
    members.put(this.owner, owner);
  }

  Instant created() {
    return created;
  }

  boolean isOwner(UserId user) {
    return owner.equals(user);
  }

  boolean isMember(UserId user) {
    return members.containsKey(user);
  }

  boolean isArriving(UserId user) {
    return arriving.contains(user);
  }

  /** Keeps a seat for somebody whose key is being checked; false if none is free. */
  boolean reserveSeat(UserId user) {
    return members.size() + arriving.size() < seats && arriving.add(user);
  }

  /** Gives up the seat kept for {@code user}, if there is one. */
  void releaseSeat(UserId user) {
    arriving.remove(user);
  }

  /** Lets in somebody for whom a seat was kept. */
  List<Delivery> join(Origin origin, JoinRoom packet) {
    if (!arriving.remove(origin.user())) {
      throw new IllegalStateException("no seat was kept");
    }
    Member newcomer = Member.of(id, origin, packet.username(), packet.publicKey());
    Joined joined = new Joined(origin.user(), id, name, users());
    List<ConnectionId> others = connections(null);
    members.put(origin.user(), newcomer);
    UserJoined event = new UserJoined(id, name, packet.kind(), newcomer.user());
    return List.of(Delivery.reply(origin, joined), Delivery.event(others, event));
  }

  /** Says what a member says, to one or to every other member. */
  List<Delivery> send(Origin origin, SendMessage packet) {
    Member sender = member(origin.user());
    List<ConnectionId> to;
    if (packet.to() == null) {
      to = connections(origin.user());
    } else {
      Member recipient = members.get(packet.to());
      if (recipient == null) {
        return List.of(Delivery.reply(origin, Refusals.noSuchMember(packet.command(), id)));
      }
      to = List.of(recipient.connection());
    }
    Message message = new Message(sender.speaker(), packet.content());
    if (!origin.isIdentified()) {
      return List.of(Delivery.event(to, message));
    }
    return List.of(
        Delivery.event(to, message), Delivery.reply(origin, new MessageSent(id, to.size())));
  }

  /** Tells who is in the room. */
  List<Delivery> list(Origin origin) {
    return List.of(Delivery.reply(origin, new Members(id, owner, users())));
  }

  /** Takes out a member other than the owner, and tells the rest. */
  List<Delivery> remove(UserId user, LeftReason reason) {
    members.remove(user);
    return List.of(Delivery.event(connections(null), new UserLeft(id, user, reason)));
  }

  /**
   * Tells the members that the room is no more.
   *
   * @param except who knows already; null for nobody
   */
  List<Delivery> close(ClosedReason reason, @Nullable UserId except) {
    RoomClosed closed = new RoomClosed(id, reason);
    return List.of(Delivery.event(connections(except), closed).releasing(id));
  }

  private Member member(UserId user) {
    Member member = members.get(user);
    if (member == null) {
      throw new IllegalStateException("not a member");
    }
    return member;
  }

  private List<User> users() {
    return members.values().stream().map(Member::user).toList();
  }

  private List<ConnectionId> connections(@Nullable UserId except) {
    List<ConnectionId> connections = new ArrayList<>(members.size());
    for (Member member : members.values()) {
      if (!member.user().id().equals(except)) {
        connections.add(member.connection());
      }
    }
    return connections;
  }
}
