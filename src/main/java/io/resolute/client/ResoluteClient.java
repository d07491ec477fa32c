package io.resolute.client;

import io.resolute.client.e2ee.Entrance;
import io.resolute.client.e2ee.RoomCipher;
import io.resolute.client.e2ee.Scheme;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.UserId;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A connection to a server, and the way into its rooms.
 *
 * <p>A client is connected from the moment at which {@link #connect} yields it until it is closed
 * or lost; it never connects again by itself, because the rooms and memberships of a connection die
 * with it. Its private keys are made for it alone and forgotten when it ends.
 *
 * <p>Safe for use by several threads. Each client has two threads of its own, and the JDK's {@link
 * java.net.http.HttpClient} behind it those that it needs. None keeps the process alive. All end
 * with the client, but before Java 21 one of the JDK's only once the client is collected as
 * garbage. The dependents of all futures run on the default executor of {@link CompletableFuture},
 * where they may block.
 */
public final class ResoluteClient implements AutoCloseable {
  // The protocol wants one to tell apart what is made at the same time; the answers do that here.
  private static final String CLIENT_ROOM_ID = "room";

  private final Connection connection;
  private final ConnectOptions options;
  private final Scheme scheme;
  private final URI server;
  private final ServerPacket.Welcome welcome;
  private final CompletableFuture<Void> terminated = new CompletableFuture<>();

  ResoluteClient(
      Connection connection,
      ConnectOptions options,
      Scheme scheme,
      URI server,
      ServerPacket.Welcome welcome) {
    this.connection = connection;
    this.options = options;
    this.scheme = scheme;
    this.server = server;
    this.welcome = welcome;
    Futures.relay(connection.over().thenAccept(why -> scheme.destroy()), terminated);
  }

  /** Connects with the defaults of {@link ConnectOptions}. */
  public static CompletableFuture<ResoluteClient> connect(URI server) {
    return connect(server, ConnectOptions.defaults());
  }

  /**
   * Connects, makes a key pair, and asks the server which version and limits it has.
   *
   * @param server {@code wss://HOST:PORT/v1}; invites lead to the path {@code /v1} of its host
   * @return fails with {@link ServerNotTrustedException}, {@link UnsupportedServerException} or
   *     another {@link ConnectFailedException}, or with {@link ConnectionLostException} if the
   *     server closes at once
   * @throws IllegalArgumentException if {@code server} is not a {@code wss} URI with a host
   */
  public static CompletableFuture<ResoluteClient> connect(URI server, ConnectOptions options) {
    if (!"wss".equalsIgnoreCase(server.getScheme())
        || server.getHost() == null
        || server.getRawFragment() != null) {
      throw new IllegalArgumentException("a server's address is wss://HOST:PORT/v1");
    }
    return new Dialer(server, options).dial();
  }

  /** Returns the id under which the members of rooms see this connection. */
  public UserId userId() {
    return welcome.user();
  }

  /** Returns the server's limits by name, in bytes or as counts; any may be missing. */
  public SortedMap<String, Long> limits() {
    return new TreeMap<>(welcome.limits());
  }

  /**
   * Makes a room that this client owns and is in. It lives for as long as this client is in it.
   *
   * @param name what the room is called, for people: at most 511 bytes of UTF-8, which the server
   *     does not see
   * @param username what the others call this client, likewise
   * @param listener told what happens in the room
   * @return fails with {@link RequestRefusedException} if a limit of the server forbids it
   * @throws IllegalArgumentException if a name is too long, or holds half a surrogate pair
   */
  public CompletableFuture<ClientRoom> createRoom(
      String name, String username, RoomListener listener) {
    requireSealable(name);
    requireSealable(username);
    return connection.call(
        () -> {
          Entrance entrance = scheme.createRoom();
          var packet =
              new ClientPacket.CreateRoom(
                  entrance.sealRoomName(name),
                  entrance.sealUsername(username),
                  CLIENT_ROOM_ID,
                  entrance.publicKey());
          return request(packet, ServerPacket.RoomCreated.class, entrance)
              .thenApply(
                  room ->
                      enter(
                          entrance,
                          listener,
                          room.room(),
                          cipher ->
                              new ClientRoom.Entry(
                                  server, room.room(), name, room.owner(), true, List.of())));
        });
  }

  /**
   * Enters a room.
   *
   * @param username what the others call this client: at most 511 bytes of UTF-8, which the server
   *     does not see unless the invite holds no secret
   * @param listener told what happens in the room, from the first moment on
   * @return fails with {@link RequestRefusedException} if the invite does not let anybody in, any
   *     more or at all, or if this client is in the room
   * @throws IllegalArgumentException if the invite is for another server than this client is
   *     connected to, or if the name is too long or holds half a surrogate pair
   * @throws InvalidInviteException if the invite holds no secret, and old peers are not allowed
   */
  public CompletableFuture<ClientRoom> join(Invite invite, String username, RoomListener listener) {
    requireSealable(username);
    if (!options.allowRsa()) {
      invite.requireSecret();
    }
    if (!invite.host().equalsIgnoreCase(server.getHost())
        || invite.port() != Invite.portOf(server)) {
      // The key in it is no other server's business.
      throw new IllegalArgumentException("the invite is for another server");
    }
    return connection.call(
        () -> {
          Entrance entrance =
              scheme
                  .joinRoom(invite.secret())
                  .orElseThrow(() -> new IllegalStateException("the invite was checked first"));
          var packet =
              new ClientPacket.JoinRoom(
                  invite.room(),
                  invite.kind(),
                  invite.key(),
                  entrance.sealUsername(username),
                  entrance.publicKey());
          return request(packet, ServerPacket.Joined.class, entrance)
              .thenApply(
                  joined ->
                      // Not the id in the answer: a server could name another room.
                      enter(
                          entrance,
                          listener,
                          invite.room(),
                          cipher ->
                              new ClientRoom.Entry(
                                  server,
                                  invite.room(),
                                  cipher.roomName(joined.roomName()).orElse(""),
                                  joined.user(),
                                  false,
                                  joined.users())));
        });
  }

  /**
   * Leaves all rooms, whose keys are erased, and ends the connection with a close frame, once all
   * that was passed to it is on its way. Returns at once; {@link #terminated} tells when it is
   * done, in about two seconds at most. What the server has not answered by then fails. Closing
   * again does nothing.
   */
  @Override
  public void close() {
    connection.close();
  }

  /** Returns what completes when the connection has ended, for whatever reason; it never fails. */
  public CompletableFuture<Void> terminated() {
    return terminated.copy();
  }

  private ClientRoom enter(
      Entrance entrance,
      RoomListener listener,
      RoomId id,
      Function<RoomCipher, ClientRoom.Entry> entry) {
    try {
      connection.requireOpen(); // Whoever has closed the client has left all rooms.
      if (connection.rooms().has(id)) {
        throw new UnsupportedServerException("this client is in that room already", null);
      }
      RoomCipher cipher = entrance.enter(id);
      ClientRoom room = new ClientRoom(connection, cipher, listener, entry.apply(cipher));
      connection.rooms().add(room);
      return room;
    } catch (RuntimeException useless) {
      entrance.wipe();
      throw useless;
    }
  }

  private <T extends ServerPacket> CompletableFuture<T> request(
      ClientPacket packet, Class<T> reply, Entrance entrance) {
    CompletableFuture<T> answer;
    try {
      answer = connection.request(packet, reply);
    } catch (ResoluteException notSent) {
      entrance.wipe();
      throw notSent;
    }
    return answer.whenComplete(
        (entered, refused) -> {
          if (refused != null) {
            entrance.wipe();
          }
        });
  }

  private static void requireSealable(String name) {
    int longest = Entrance.maxNameBytes();
    if (Utf8.length(name) > longest) {
      throw new IllegalArgumentException("a name has at most " + longest + " bytes");
    }
  }
}
