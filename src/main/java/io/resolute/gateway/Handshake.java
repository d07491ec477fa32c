package io.resolute.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges the requests to become a WebSocket: their form (RFC 6455 §4.2.1), which Vert.x takes in
 * the spellings of the drafts before it too, and the web page behind them, if there is one.
 */
final class Handshake {
  private static final int NONCE_BYTES = 16;
  private static final String HTTPS = "https://";
  private static final String HTTPS_PORT = ":443";

  private static final String OTHER_SITE =
      "This is a relay for chat clients. Pages of this site may not connect: who runs the relay can"
          + " name the site in listen.origins.\n";

  private final List<String> origins;
  private final String waysIn;

  /**
   * Makes a judge.
   *
   * @param origins the sites, beside the server's own, whose pages may connect
   * @param waysIn what people read who ask for something else
   */
  Handshake(List<String> origins, String waysIn) {
    this.origins = origins;
    this.waysIn = waysIn;
  }

  /**
   * Answers requests that do not say which one host they are for (RFC 9112 §3.2); the others go on
   * to the next handler. Vert.x itself answers those of HTTP/1.1 that say nothing or nonsense.
   */
  void requireHost(RoutingContext route) {
    List<String> hosts = route.request().headers().getAll(HttpHeaders.HOST);
    if (hosts.size() > 1 || hosts.contains("")) {
      refuse(route, HttpResponseStatus.BAD_REQUEST);
    } else {
      route.next();
    }
  }

  /** Answers requests that are not such a handshake; the others go on to the next handler. */
  void requireWebSocket(RoutingContext route) {
    MultiMap headers = route.request().headers();
    if (!headers.contains(HttpHeaders.UPGRADE, "websocket", true)
        || !"13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      route
          .response()
          .putHeader(HttpHeaders.UPGRADE, "websocket")
          .putHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
      refuse(route, HttpResponseStatus.UPGRADE_REQUIRED);
    } else if (!isNonce(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY))
        || route.request().version() != HttpVersion.HTTP_1_1) {
      refuse(route, HttpResponseStatus.BAD_REQUEST);
    } else {
      route.next();
    }
  }

  /**
   * Returns the sites whose pages may connect, when the server is asked as {@code request} does.
   */
  Stream<String> origins(HttpServerRequest request) {
    return origins(request.getHeader(HttpHeaders.HOST));
  }

  private Stream<String> origins(@Nullable String host) {
    return host == null
        ? origins.stream()
        : Stream.concat(
            Stream.of(withoutDefaultPort(HTTPS + host.toLowerCase(Locale.ROOT))), origins.stream());
  }

  /** Answers requests of other sites' pages; the others go on to the next handler. */
  void requireOrigin(RoutingContext route) {
    if (isFromHere(route.request())) {
      route.next();
    } else {
      refuse(route, HttpResponseStatus.FORBIDDEN, OTHER_SITE);
    }
  }

  /** Browsers name the page's site; whoever names none is no page (RFC 6455 §10.2). */
  private boolean isFromHere(HttpServerRequest request) {
    List<String> named = request.headers().getAll(HttpHeaders.ORIGIN);
    return named.isEmpty()
        || (named.size() == 1 && isFrom(named.get(0), request.getHeader(HttpHeaders.HOST)));
  }

  /** Returns whether a page's site is that of the host which was asked, or one of the others. */
  boolean isFrom(String origin, @Nullable String host) {
    return origins(host).anyMatch(withoutDefaultPort(origin.toLowerCase(Locale.ROOT))::equals);
  }

  private static String withoutDefaultPort(String origin) {
    return origin.startsWith(HTTPS) && origin.endsWith(HTTPS_PORT)
        ? origin.substring(0, origin.length() - HTTPS_PORT.length())
        : origin;
  }

  static boolean isNonce(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key).length == NONCE_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** Answers with an error status, which {@link LastAnswer ends the connection}. */
  void refuse(RoutingContext route, HttpResponseStatus status) {
    refuse(route, status, waysIn);
  }

  /** As above, with what people read. */
  static void refuse(RoutingContext route, HttpResponseStatus status, String text) {
    route.response().setStatusCode(status.code()).end(text);
  }
}
