package io.resolute.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.resolute.bus.Addresses;
import io.resolute.bus.BridgeFrames;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.prng.VertxContextPRNG;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The event-bus bridge of Vert.x Web, over WebSockets alone, for clients in JavaScript, Kotlin and
 * what else speaks its protocol. Each socket is a connection like any other and may do with the bus
 * what {@link io.resolute.bus.BridgePolicy} permits. To be used on one event loop alone.
 */
final class BusBridge {
  /** Where the bridge is. */
  static final String PATH = "/eventbus";

  private static final String PLAIN_WEB_SOCKET = PATH + "/websocket";

  /** Where SockJS clients ask what there is. */
  static final String INFO = PATH + "/info";

  /** The pattern of the paths of WebSockets: without SockJS, and with it. */
  static final String WEB_SOCKET = PATH + "/(?:[^/.]+/[^/.]+/)?websocket";

  /** The pattern of where nothing is, but people look. */
  static final String FRONT = PATH + "/?";

  /** The pattern of all other paths below. */
  static final String OTHERS = PATH + "(?!/(?:[^/.]+/[^/.]+/)?websocket$).*";

  private static final String WAYS_IN =
      "This is the event bus of a relay for chat clients. WebSockets connect to "
          + PLAIN_WEB_SOCKET
          + ", clients with SockJS to "
          + PATH
          + ".\n";

  // The peer asks silent clients for a sign of life, and closes dead ones; the bridge need not.
  private static final Duration NEVER = Duration.ofDays(365);

  // What a client sends and is no packet: a packet is paid for by what it asks. Thousands of these
  // fit into one message of SockJS.
  private static final Set<BridgeEventType> PAID_AS_MESSAGES =
      EnumSet.of(
          BridgeEventType.SOCKET_PING,
          BridgeEventType.REGISTER,
          BridgeEventType.UNREGISTER,
          BridgeEventType.PUBLISH);

  private final Map<SockJSSocket, BusSocket> sockets = new HashMap<>();
  private final Function<SockJSSocket, Optional<BusSocket>> admission;

  /**
   * Makes a bridge.
   *
   * @param admission takes in a socket whose handshake is done; nothing if there is no room for it
   */
  BusBridge(Function<SockJSSocket, Optional<BusSocket>> admission) {
    this.admission = admission;
  }

  /** Returns how the client of a WebSocket below {@link #PATH} writes its frames. */
  static BridgeFrames framesOf(RoutingContext route) {
    boolean plain = PLAIN_WEB_SOCKET.equals(route.normalizedPath()); // By which Vert.x routes.
    return plain ? BridgeFrames.PLAIN : BridgeFrames.SOCK_JS;
  }

  /** Returns what serves {@link #PATH}. */
  Router router(Vertx vertx) {
    SockJSHandlerOptions transport =
        new SockJSHandlerOptions().setInsertJSESSIONID(false).setRegisterWriteHandler(false);
    for (String other : new String[] {"XHR", "EVENT_SOURCE", "HTML_FILE", "JSON_P"}) {
      transport.addDisabledTransport(other);
    }
    SockJSBridgeOptions bridge =
        new SockJSBridgeOptions()
            .setPingTimeout(NEVER.toMillis())
            // What a client may listen to and ask is bounded before the bridge counts.
            .setMaxHandlersPerSocket(Integer.MAX_VALUE)
            .addInboundPermitted(new PermittedOptions().setAddressRegex(Addresses.packetsPattern()))
            .addOutboundPermitted(
                new PermittedOptions().setAddressRegex(Addresses.connectionsPattern()));
    return SockJSHandler.create(vertx, transport).bridge(bridge, this::decide);
  }

  /** Says where the ways in are. */
  static void explain(RoutingContext route) {
    Handshake.refuse(route, HttpResponseStatus.NOT_FOUND, WAYS_IN);
  }

  /**
   * Tells a SockJS client what there is, as Vert.x would but for {@code origins}: it takes it that
   * all may connect.
   *
   * @param origins the sites whose pages may
   */
  static void inform(RoutingContext route, Stream<String> origins) {
    String origin = route.request().getHeader(HttpHeaders.ORIGIN);
    if (origin != null) {
      route
          .response()
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    JsonObject info =
        JsonObject.of(
            "websocket",
            true,
            "cookie_needed",
            false,
            "origins",
            new JsonArray(origins.toList()),
            "entropy",
            Integer.toUnsignedLong(VertxContextPRNG.current(route.vertx()).nextInt()));
    route
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=UTF-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN)
        .end(info.encode());
  }

  private void decide(BridgeEvent event) {
    BusSocket socket = sockets.get(event.socket());
    if (socket == null) {
      event.complete(event.type() == BridgeEventType.SOCKET_CREATED && admit(event.socket()));
      return;
    }
    if (PAID_AS_MESSAGES.contains(event.type())) {
      socket.spend(1, 0);
    }
    switch (event.type()) {
      case SEND -> socket.send(event);
      case REGISTER -> event.complete(socket.register(event.getRawMessage()));
      case UNREGISTER -> event.complete(socket.unregister(event.getRawMessage()));
      case PUBLISH -> event.complete(socket.refuse());
      case SOCKET_CLOSED -> event.complete(sockets.remove(event.socket(), socket));
      default -> event.complete(true);
    }
  }

  private boolean admit(SockJSSocket socket) {
    Optional<BusSocket> admitted = admission.apply(socket);
    admitted.ifPresent(behind -> sockets.put(socket, behind));
    return admitted.isPresent();
  }
}
