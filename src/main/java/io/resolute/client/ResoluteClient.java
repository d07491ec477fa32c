package io.resolute.client;

import io.resolute.client.e2ee.RoomCipher;
import io.resolute.client.e2ee.Scheme;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.UserId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A connection to a server, and the way into its rooms.
 *
 * <p>A client is connected from the moment at which {@link #connect} yields it until it is closed
 * or lost; it never connects again by itself, because the rooms and memberships of a connection die
 * with it. Its private keys are made for it alone and forgotten when it ends.
 *
 * <p>Safe for use by several threads. Each client has two threads of its own, neither of which
 * keeps the process alive; both end with it. The dependents of all futures run on the default
 * executor of {@link CompletableFuture}, where they may block.
 */
public final class ResoluteClient implements AutoCloseable {
  // The protocol wants one to tell apart what is made at the same time; the answers do that here.
  private static final String CLIENT_ROOM_ID = "room";

  private final Connection connection;
  private final Scheme scheme;
  private final URI server;
  private final ServerPacket.Welcome welcome;
  private final CompletableFuture<Void> terminated = new CompletableFuture<>();

  ResoluteClient(Connection connection, Scheme scheme, URI server, ServerPacket.Welcome welcome) {
    this.connection = connection;
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
   * @param name what the room is called, for people; the server sees it
   * @param username what the others call this client; the server sees it
   * @param listener told what happens in the room
   * @return fails with {@link RequestRefusedException} if a limit of the server forbids it
   * @throws IllegalArgumentException if a name holds half a surrogate pair
   */
  public CompletableFuture<ClientRoom> createRoom(
      String name, String username, RoomListener listener) {
    requireEncodable(name);
    requireEncodable(username);
    return connection.call(
        () -> {
          RoomCipher cipher = scheme.openRoom();
          var packet =
              new ClientPacket.CreateRoom(name, username, CLIENT_ROOM_ID, cipher.publicKey());
          return connection
              .request(packet, ServerPacket.RoomCreated.class)
              .thenApply(
                  room ->
                      enter(
                          cipher,
                          listener,
                          new ClientRoom.Entry(
                              server, room.room(), room.name(), room.owner(), true, List.of())));
        });
  }

  /**
   * Enters a room.
   *
   * @param username what the others call this client; the server sees it
   * @param listener told what happens in the room, from the first moment on
   * @return fails with {@link RequestRefusedException} if the invite does not let anybody in, any
   *     more or at all, or if this client is in the room
   * @throws IllegalArgumentException if the invite is for another server than this client is
   *     connected to, or if the name holds half a surrogate pair
   */
  public CompletableFuture<ClientRoom> join(Invite invite, String username, RoomListener listener) {
    requireEncodable(username);
    if (!invite.host().equalsIgnoreCase(server.getHost())
        || invite.port() != Invite.portOf(server)) {
      // The key in it is no other server's business.
      throw new IllegalArgumentException("the invite is for another server");
    }
    return connection.call(
        () -> {
          RoomCipher cipher = scheme.openRoom();
          var packet =
              new ClientPacket.JoinRoom(
                  invite.room(), invite.kind(), invite.key(), username, cipher.publicKey());
          return connection
              .request(packet, ServerPacket.Joined.class)
              .thenApply(
                  room ->
                      enter(
                          cipher,
                          listener,
                          new ClientRoom.Entry(
                              server,
                              room.room(),
                              room.roomName(),
                              room.user(),
                              false,
                              room.users())));
        });
  }

  /**
   * Leaves all rooms and ends the connection with a close frame, once all that was passed to it is
   * on its way. Returns at once; {@link #terminated} tells when it is done, in about two seconds at
   * most. What the server has not answered by then fails. Closing again does nothing.
   */
  @Override
  public void close() {
    connection.close();
  }

  /** Returns what completes when the connection has ended, for whatever reason; it never fails. */
  public CompletableFuture<Void> terminated() {
    return terminated.copy();
  }

  private ClientRoom enter(RoomCipher cipher, RoomListener listener, ClientRoom.Entry entry) {
    ClientRoom room = new ClientRoom(connection, cipher, listener, entry);
    connection.rooms().add(room);
    return room;
  }

  private static void requireEncodable(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("a name holds half a surrogate pair");
    }
  }
}
