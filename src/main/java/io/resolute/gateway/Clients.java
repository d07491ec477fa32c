package io.resolute.gateway;

import io.netty.channel.Channel;
import io.resolute.config.TimeoutsConfig;
import io.resolute.protocol.CloseCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The clients of one gateway, from handshake to end. To be used on its event loop alone. */
final class Clients {
  // Those that are told why they are not admitted; what comes beside them is closed without a word.
  private static final int MAX_REFUSED = 128;

  private final WebSocketPeer.Limits limits;
  private final TimeoutsConfig timeouts;
  private final Semaphore capacity;
  private final Set<Client> clients = new HashSet<>();
  private final Promise<Void> emptied = Promise.promise();
  private int refused;
  private boolean closing;

  /**
   * Makes an empty collection.
   *
   * @param capacity how many more clients there may be; shared with the server's other gateways
   */
  Clients(WebSocketPeer.Limits limits, TimeoutsConfig timeouts, Semaphore capacity) {
    this.limits = limits;
    this.timeouts = timeouts;
    this.capacity = capacity;
  }

  /** What is behind a socket. */
  interface Session {
    /**
     * Takes one text message of the client.
     *
     * @param text well-formed UTF-8, which is the session's from here on
     */
    void receive(byte[] text);

    /** The socket is gone: tells the rooms. */
    void end();

    /** The socket is gone, and so are the rooms: nobody need be told. */
    void detach();
  }

  /** One socket and, unless the server has too many, the session behind it. */
  private final class Client implements WebSocketPeer.Listener {
    private final WebSocketPeer peer;
    private @Nullable Session session;

    Client(ContextInternal context, Channel socket) {
      peer = new WebSocketPeer(context, socket, limits, this);
    }

    @Override
    public void onMessage(byte[] text) {
      if (session != null) {
        session.receive(text);
      }
    }

    @Override
    public void onClosed() {
      clients.remove(this);
      if (session == null) {
        refused--;
      } else {
        capacity.release();
        if (closing) {
          session.detach();
        } else {
          session.end();
        }
      }
      if (closing && clients.isEmpty()) {
        emptied.tryComplete();
      }
    }
  }

  /**
   * Takes in a socket whose handshake is done.
   *
   * @param admission makes what is behind the socket, if the server has room for it
   * @return what it made; nothing if the server has no room
   */
  <S extends Session> Optional<S> add(
      ContextInternal context, Channel socket, Function<WebSocketPeer, S> admission) {
    boolean admitted = !closing && capacity.tryAcquire();
    if (!admitted && refused == MAX_REFUSED) {
      var unused = socket.pipeline().context(WebSocketPeer.VERTX_HANDLER).close();
      return Optional.empty();
    }
    Client client = new Client(context, socket);
    clients.add(client);
    if (!admitted) {
      refused++;
      client.peer.refuse(closing ? CloseCode.GOING_AWAY : CloseCode.TOO_MANY_CONNECTIONS);
      return Optional.empty();
    }
    S session = admission.apply(client.peer);
    client.session = session;
    return Optional.of(session);
  }

  /** Asks those that have been silent whether they are there, and gives up those that are not. */
  void sweep() {
    for (Client client : List.copyOf(clients)) {
      Duration silence = client.peer.silence();
      if (silence.compareTo(timeouts.idle()) >= 0) {
        client.peer.close(CloseCode.IDLE);
      } else if (silence.compareTo(timeouts.ping()) >= 0) {
        client.peer.ping();
      }
    }
  }

  /** Closes every socket, and those to come; completes when none is left. */
  Future<Void> closeAll() {
    closing = true;
    List.copyOf(clients).forEach(client -> client.peer.close(CloseCode.GOING_AWAY));
    if (clients.isEmpty()) {
      emptied.tryComplete();
    }
    return emptied.future();
  }
}
