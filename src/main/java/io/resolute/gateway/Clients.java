package io.resolute.gateway;

import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.resolute.config.TimeoutsConfig;
import io.resolute.limits.AddressLimits;
import io.resolute.limits.ClientAddress;
import io.resolute.protocol.CloseCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients of one gateway, from handshake to end. To be used on its event loop alone. */
final class Clients {
  private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
  // Those that are told why they are not admitted; what comes beside them is closed without a word.
  private static final int MAX_REFUSED = 128;

  private final WebSocketPeer.Limits limits;
  private final TimeoutsConfig timeouts;
  private final Semaphore capacity;
  private final AddressLimits addresses;
  private final Set<Client> clients = new HashSet<>();
  private final Promise<Void> emptied = Promise.promise();
  private @Nullable EventLoopTurn turn;
  private int refused;
  private boolean closing;

  /**
   * Makes an empty collection.
   *
   * @param capacity how many more clients there may be; shared with the server's other gateways
   * @param addresses counts what comes from where; shared with them too
   */
  Clients(
      WebSocketPeer.Limits limits,
      TimeoutsConfig timeouts,
      Semaphore capacity,
      AddressLimits addresses) {
    this.limits = limits;
    this.timeouts = timeouts;
    this.capacity = capacity;
    this.addresses = addresses;
  }

  /** What is behind a socket. */
  interface Session {
    /**
     * Takes one text message of the client.
     *
     * @param text well-formed UTF-8, which may be overwritten once the method returns
     */
    void receive(byte[] text);

    /** The client is gone, or is being closed: tells the rooms. */
    void end();

    /** The same, where the rooms end too and nobody need be told. */
    void detach();
  }

  /** One socket and, unless the server has too many, the session behind it. */
  private final class Client implements WebSocketPeer.Listener {
    private final WebSocketPeer peer;
    private @Nullable Session session;
    private AddressLimits.@Nullable Ticket ticket;

    Client(ContextInternal context, Channel socket) {
      peer = new WebSocketPeer(context, socket, limits, turn(socket), this);
    }

    @Override
    public void onMessage(byte[] text) {
      if (session != null) {
        session.receive(text);
      }
    }

    /** At once, and not when the socket has gone: who is being closed is in no room any more. */
    @Override
    public void onEnding() {
      if (session != null && closing) {
        session.detach();
      } else if (session != null) {
        session.end();
      }
    }

    @Override
    public void onClosed() {
      if (!clients.remove(this)) {
        return; // It was never taken in.
      }
      if (session == null) {
        refused--;
      } else {
        capacity.release();
        if (ticket != null) {
          ticket.leave();
        }
      }
      if (closing && clients.isEmpty()) {
        emptied.tryComplete();
      }
    }
  }

  /** All sockets of a gateway are on one event loop, which the first one shows. */
  private EventLoopTurn turn(Channel socket) {
    if (turn == null) {
      SingleThreadEventLoop eventLoop = (SingleThreadEventLoop) socket.eventLoop();
      turn = new EventLoopTurn(eventLoop::executeAfterEventLoopIteration, System::nanoTime);
    }
    return turn;
  }

  /**
   * Takes in a socket whose handshake is done.
   *
   * @param address where it comes from
   * @param session makes what is behind the socket, if it is let in
   * @return what it made; nothing if the socket is refused
   */
  <S extends Session> Optional<S> add(
      ContextInternal context,
      Channel socket,
      ClientAddress address,
      BiFunction<WebSocketPeer, AddressLimits.Ticket, S> session) {
    if (closing) {
      refuse(context, socket, CloseCode.GOING_AWAY, CloseCode.GOING_AWAY.reason());
      return Optional.empty();
    }
    AddressLimits.Admission admission = addresses.admit(address);
    if (admission instanceof AddressLimits.Admission.Refused refusal) {
      refuse(context, socket, CloseCode.TOO_MANY_FROM_ADDRESS, reason(refusal));
      return Optional.empty();
    }
    AddressLimits.Ticket ticket = ((AddressLimits.Admission.Admitted) admission).ticket();
    if (!capacity.tryAcquire()) {
      ticket.leave();
      CloseCode code = CloseCode.TOO_MANY_CONNECTIONS;
      refuse(context, socket, code, code.reason());
      return Optional.empty();
    }
    boolean in = false;
    try {
      Client client = new Client(context, socket);
      S made = session.apply(client.peer, ticket);
      client.session = made;
      client.ticket = ticket;
      in = clients.add(client);
      return Optional.of(made);
    } finally {
      if (!in) { // Such as a socket that has gone this moment, which nobody would take out again.
        capacity.release();
        ticket.leave();
        var unused = socket.close();
      }
    }
  }

  private void refuse(ContextInternal context, Channel socket, CloseCode code, String reason) {
    if (refused == MAX_REFUSED) {
      var unused = socket.pipeline().context(WebSocketPeer.VERTX_HANDLER).close();
      return;
    }
    Client client = new Client(context, socket);
    clients.add(client);
    refused++;
    client.peer.refuse(code, reason);
  }

  /** Tells the operator that an address has come up against its bounds, if that is news. */
  static void warnOnceAnHour(AddressLimits.Admission.Refused refusal) {
    if (refusal.news() != null) {
      LOG.warn(refusal.news());
    }
  }

  private static String reason(AddressLimits.Admission.Refused refusal) {
    warnOnceAnHour(refusal);
    String reason = CloseCode.TOO_MANY_FROM_ADDRESS.reason();
    return refusal.retryAfter() == null
        ? reason
        : reason + "; retry after " + (refusal.retryAfter().toSeconds() + 1) + " s";
  }

  /**
   * Asks those that have been silent whether they are there, and gives up those that are not, or do
   * not take what they are sent.
   */
  void sweep() {
    addresses.tick();
    for (Client client : List.copyOf(clients)) {
      client.peer.requireProgress();
      if (client.peer.silence().compareTo(timeouts.idle()) >= 0) {
        client.peer.close(CloseCode.IDLE);
      } else if (client.peer.unheard().compareTo(timeouts.ping()) >= 0) {
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
