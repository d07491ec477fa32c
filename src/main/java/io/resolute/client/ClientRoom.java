package io.resolute.client;

import io.resolute.client.e2ee.PeerStatus;
import io.resolute.client.e2ee.Rejection;
import io.resolute.client.e2ee.RoomCipher;
import io.resolute.client.e2ee.SafetyNumber;
import io.resolute.client.e2ee.Sealed;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;
import io.resolute.protocol.UserId;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A room that this client is in. What is said is encrypted before it leaves this process and
 * decrypted in the others'; the server sees who sends to whom, when, and how much.
 *
 * <p>Safe for use by several threads. Messages of one client reach a member in the order in which
 * they were passed to it. The futures fail with a {@link ResoluteException}: beside what the
 * methods name, any with {@link RequestRefusedException}, {@link RequestTimeoutException}, {@link
 * SendQueueFullException}, {@link ConnectionLostException} and, once this client is not in the room
 * any more, {@link RoomEndedException}. Their dependents run on the default executor of {@link
 * CompletableFuture}.
 */
public final class ClientRoom {
  /**
   * What the server says of a room that this client has come into.
   *
   * @param server where the room is
   * @param owned whether this client made it
   * @param users who was there before
   */
  record Entry(
      URI server,
      RoomId id,
      String name,
      UserId self,
      boolean owned,
      List<ServerPacket.User> users) {}

  /** The most that a server can be set to let into a room: one that names more fills the memory. */
  static final int MAX_MEMBERS = 100_000;

  // What the bookkeeping of one event takes, roughly, beside its text.
  private static final int EVENT_BYTES = 256;

  private final Connection connection;
  private final RoomCipher cipher;
  private final RoomListener listener;
  private final Entry entry;
  private final MessageSender sender;
  private final Map<UserId, Member> members = new LinkedHashMap<>();
  private volatile List<Member> onEntry;
  private volatile List<Member> snapshot = List.of();
  private volatile @Nullable ResoluteException ended;

  ClientRoom(Connection connection, RoomCipher cipher, RoomListener listener, Entry entry) {
    this.connection = connection;
    this.cipher = cipher;
    this.listener = listener;
    this.entry = entry;
    sender = new MessageSender(connection, cipher, entry.id());
    entry.users().forEach(this::admit);
    onEntry = List.copyOf(members.values());
    snapshot = onEntry;
  }

  /** Returns the room's id, which is good for as long as the room lives. */
  public RoomId id() {
    return entry.id();
  }

  /**
   * Returns the room's name: any text by a member, in a room of old peers also by the server. It is
   * empty if the server withholds what the members call it.
   */
  public String name() {
    return entry.name();
  }

  /** Returns the id under which the other members see this client. */
  public UserId userId() {
    return entry.self();
  }

  /** Returns whether this client made the room, so that it may invite, reset and close. */
  public boolean isOwned() {
    return entry.owned();
  }

  /** Returns whether this client is still in the room. */
  public boolean isOpen() {
    return ended == null;
  }

  /**
   * Returns everybody else in the room, in the order in which they came, as far as the server has
   * told; a listener may be told of it a little later.
   */
  public List<Member> members() {
    return snapshot;
  }

  /**
   * Returns who was in the room when this client came in, in the order in which they came, also
   * those who have left since. Everybody else has come after this client. Empty once this client is
   * not in the room any more.
   */
  public List<Member> membersOnEntry() {
    return onEntry;
  }

  /** Asks the server who is in the room. */
  public CompletableFuture<RoomMembers> listMembers() {
    return call(
        () ->
            connection
                .request(new ClientPacket.ListMembers(id()), ServerPacket.Members.class)
                .thenApply(this::roomMembers));
  }

  /**
   * Makes an invite. For the owner. A second one for {@link KeyKind#FOREVER} is the same as the
   * first, until the keys are reset.
   */
  public CompletableFuture<Invite> invite(KeyKind kind) {
    URI server = entry.server();
    return call(
        () ->
            connection
                .request(new ClientPacket.IssueKey(id(), kind), ServerPacket.KeyIssued.class)
                .thenApply(
                    issued -> {
                      requireIn(); // The room may have ended since, and its secret with it.
                      return new Invite(
                          server.getHost(),
                          Invite.portOf(server),
                          id(),
                          kind,
                          issued.key(),
                          cipher.secret().orElse(null));
                    }));
  }

  /**
   * Returns the number that members compare, over a line that the server has no part in, to find
   * out that nobody is among them under another's name. All who see the same members have the same.
   *
   * @return nothing in a room of old peers
   */
  public CompletableFuture<Optional<SafetyNumber>> safetyNumber() {
    return call(() -> CompletableFuture.completedFuture(cipher.safetyNumber()));
  }

  /** Makes every invite worthless that is not used yet. For the owner. */
  public CompletableFuture<Void> resetKeys() {
    return call(
        () ->
            connection
                .request(new ClientPacket.ResetKeys(id()), ServerPacket.Done.class)
                .thenApply(done -> null));
  }

  /**
   * Says something to every other member.
   *
   * <p>When the server refuses it for one member, the future fails, and others may have got it. A
   * member who has just left is not a failure but in {@link SendResult#unreached}.
   *
   * @return fails with {@link MessageTooLongException} if the text is too long
   * @throws IllegalArgumentException if the text holds half a surrogate pair
   */
  public CompletableFuture<SendResult> sendToAll(String text) {
    int length = Utf8.length(text);
    return call(
        () -> {
          requireFits(length);
          List<Member> unreachable =
              members.values().stream().filter(member -> !member.isReachable()).toList();
          int readers = members.size() - unreachable.size();
          return sender.send(cipher.sealForAll(text), members, new SendTally(unreachable, readers));
        });
  }

  /**
   * Says something to one member alone.
   *
   * @param member as {@link #members} or a listener gave it: somebody else who gets the id of one
   *     who is gone is not meant
   * @return fails with {@link MessageTooLongException} if the text is too long, and with {@link
   *     MemberUnreachableException} if the member is gone or cannot be sent anything
   * @throws IllegalArgumentException if the text holds half a surrogate pair
   */
  public CompletableFuture<SendResult> sendTo(Member member, String text) {
    int length = Utf8.length(text);
    return call(
        () -> {
          requireFits(length);
          List<Sealed> sealed = isHere(member) ? cipher.sealFor(member.id(), text) : List.of();
          if (sealed.isEmpty()) {
            throw new MemberUnreachableException();
          }
          return sender
              .send(sealed, members, new SendTally(List.of(), 1))
              .thenApply(
                  result -> {
                    if (result.recipients() == 0) {
                      throw new MemberUnreachableException();
                    }
                    return result;
                  });
        });
  }

  /**
   * Leaves the room; when its owner does, the room is closed.
   *
   * <p>The keys are erased as soon as the server is told, whatever it does about that: from then on
   * this object is of no use. If the future fails nevertheless, the others may still see this
   * client among them; {@link ResoluteClient#close} ends that.
   */
  public CompletableFuture<Void> leave() {
    return call(() -> quit(new ClientPacket.LeaveRoom(id()), "this client has left the room"));
  }

  /**
   * Closes the room for everybody. For the owner: anybody else's is refused, and changes nothing.
   * The owner's keys are erased as by {@link #leave}.
   */
  public CompletableFuture<Void> close() {
    return call(
        () -> {
          if (!isOwned()) {
            throw new RequestRefusedException(ErrorCode.FORBIDDEN, null);
          }
          return quit(new ClientPacket.CloseRoom(id()), "this client has closed the room");
        });
  }

  /** Names the room by nothing. */
  @Override
  public String toString() {
    return "ClientRoom[" + (isOpen() ? "open" : "ended") + "]";
  }

  void received(ServerPacket.Message message) {
    Member sender = memberOrStranger(message.sender());
    cipher.open(
        message.sender(),
        message.content().text(),
        new RoomCipher.Reader() {
          @Override
          public void text(String text, boolean isPrivate) {
            tell(bytesOf(text), () -> listener.message(ClientRoom.this, sender, text, isPrivate));
          }

          @Override
          public void missing(int messages) {
            tell(EVENT_BYTES, () -> listener.missing(ClientRoom.this, sender, messages));
          }

          @Override
          public void unreadable(Rejection why) {
            tell(EVENT_BYTES, () -> listener.unreadable(ClientRoom.this, sender, why));
          }
        });
  }

  void joined(ServerPacket.User user) {
    if (cipher.knows(user.id(), user.publicKey())) {
      return;
    }
    // An id that somebody else has now is no reason to take the one for the other.
    depart(user.id(), LeftReason.DISCONNECTED);
    Member member = admit(user);
    snapshot = List.copyOf(members.values());
    tell(bytesOf(member.username()), () -> listener.memberJoined(this, member));
  }

  void left(ServerPacket.UserLeft event) {
    depart(event.user(), event.reason());
  }

  void closed(ClosedReason reason) {
    connection.rooms().remove(this);
    end(new RoomEndedException("the room was closed"));
    tell(EVENT_BYTES, () -> listener.roomClosed(this, reason));
  }

  /** Makes this object useless. The first reason is the one that counts. */
  void end(ResoluteException why) {
    if (ended == null) {
      ended = why;
      cipher.wipe();
      members.clear();
      snapshot = List.of();
      onEntry = List.of();
    }
  }

  private <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> action) {
    return connection.call(
        () -> {
          requireIn();
          return action.get();
        });
  }

  private void requireIn() {
    if (ended != null) {
      throw ended;
    }
  }

  private static long bytesOf(String text) {
    return EVENT_BYTES + 2L * text.length();
  }

  private void tell(long bytes, Runnable callback) {
    connection.callbacks().run(bytes, callback);
  }

  /** Somebody else may have the same id and the same name by now. */
  private boolean isHere(Member member) {
    return member.equals(members.get(member.id()));
  }

  private void depart(UserId id, LeftReason reason) {
    Member member = members.remove(id);
    if (member != null) {
      cipher.remove(id);
      snapshot = List.copyOf(members.values());
      tell(EVENT_BYTES, () -> listener.memberLeft(this, member, reason));
    }
  }

  private Member admit(ServerPacket.User user) {
    if (members.size() >= MAX_MEMBERS) {
      throw new UnsupportedServerException("the server names too many members", null);
    }
    PeerStatus status = cipher.admit(user.id(), user.publicKey());
    String username = cipher.usernameOf(user.id(), user.username()).orElse("");
    Member member = new Member(user.id(), username, status);
    members.put(user.id(), member);
    return member;
  }

  /** A server that keeps the order of the protocol names nobody whom it has not announced. */
  private Member memberOrStranger(UserId id) {
    Member known = members.get(id);
    return known == null ? new Member(id, "", PeerStatus.UNSUPPORTED_KEY) : known;
  }

  private RoomMembers roomMembers(ServerPacket.Members listed) {
    return new RoomMembers(
        listed.owner(),
        listed.users().stream()
            .filter(user -> !user.id().equals(userId()))
            .map(user -> memberOrStranger(user.id()))
            .toList());
  }

  private void requireFits(int length) {
    if (length > cipher.maxTextBytes()) {
      throw new MessageTooLongException(length, cipher.maxTextBytes());
    }
  }

  private CompletableFuture<Void> quit(ClientPacket packet, String how) {
    var answer = connection.request(packet, ServerPacket.Done.class);
    // Now, not with the answer: a server that gives none would keep the keys alive.
    connection.rooms().remove(this);
    end(new RoomEndedException(how));
    return answer.handle((done, failure) -> quitAnswered(failure));
  }

  private static @Nullable Void quitAnswered(@Nullable Throwable failure) {
    // A room that is closed already is one that this client is not in.
    boolean gone =
        failure instanceof RequestRefusedException refused && refused.code() == ErrorCode.NOT_FOUND;
    if (failure != null && !gone) {
      throw new CompletionException(failure);
    }
    return null;
  }
}
