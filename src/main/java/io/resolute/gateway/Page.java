package io.resolute.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The web page for people: the files that the build has put below {@code web/} in the jar, kept in
 * memory. Every answer tells the browser to load nothing from elsewhere and to run nothing else.
 */
public final class Page {
  private static final String FOLDER = "/web/";
  private static final String INDEX = "index.html";
  private static final String LIST = "files.txt";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "webmanifest", "application/manifest+json",
          "txt", "text/plain; charset=utf-8");

  private static final String CONTENT_SECURITY_POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "manifest-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types 'none'");

  private static final String PERMISSIONS_POLICY =
      "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";

  private static final Pattern GZIP =
      Pattern.compile("(?is)[ \\t]*gzip[ \\t]*(;[ \\t]*q=(?!0(\\.0*)?[ \\t]*\\z).*)?");

  private final List<Resource> resources;
  private final boolean strictTransport;

  private Page(List<Resource> resources, boolean strictTransport) {
    this.resources = resources;
    this.strictTransport = strictTransport;
  }

  /**
   * One file.
   *
   * @param tag the ETag (RFC 9110 §8.8.3)
   * @param named whether its name changes with its content
   */
  private record Resource(
      String name, String type, Buffer plain, Buffer gzip, String tag, boolean named) {}

  /**
   * Reads the files. Blocks.
   *
   * @param strictTransport whether browsers shall refuse to come without TLS, or with a certificate
   *     that they do not trust, from now on (RFC 6797)
   * @throws IllegalStateException if this program was built without the page
   */
  public static Page load(boolean strictTransport) {
    List<Resource> resources = new ArrayList<>();
    for (String name : text(read(LIST)).lines().toList()) {
      resources.add(resource(name));
    }
    return new Page(List.copyOf(resources), strictTransport);
  }

  private static Resource resource(String name) {
    byte[] bytes = read(name);
    byte[] digest = sha256(bytes);
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException("a file of the page has no media type");
    }
    String tag = '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
    boolean named = !name.equals(INDEX) && name.indexOf('.') != name.lastIndexOf('.');
    return new Resource(name, type, Buffer.buffer(bytes), Buffer.buffer(gzip(bytes)), tag, named);
  }

  /**
   * Adds a route for each file.
   *
   * @param visitors told of whoever asks for one
   */
  void addTo(Router router, Newcomers visitors) {
    for (Resource resource : resources) {
      String path = resource.name().equals(INDEX) ? "/" : "/" + resource.name();
      router.get(path).handler(route -> serve(route, resource, visitors));
      router.head(path).handler(route -> serve(route, resource, visitors));
    }
  }

  private void serve(RoutingContext route, Resource resource, Newcomers visitors) {
    HttpConnection visitor = route.request().connection();
    visitors.asked(visitor);
    answer(route, resource).onComplete(sent -> visitors.answered(visitor));
  }

  private Future<Void> answer(RoutingContext route, Resource resource) {
    HttpServerResponse response = route.response();
    response
        .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .putHeader("Permissions-Policy", PERMISSIONS_POLICY)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader(HttpHeaders.VARY, "Accept-Encoding")
        .putHeader(HttpHeaders.ETAG, resource.tag())
        .putHeader(
            HttpHeaders.CACHE_CONTROL,
            resource.named() ? "public, max-age=31536000, immutable" : "no-cache");
    if (strictTransport) {
      response.putHeader("Strict-Transport-Security", "max-age=31536000");
    }
    String known = route.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && known.contains(resource.tag())) {
      return response.setStatusCode(HttpResponseStatus.NOT_MODIFIED.code()).end();
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, resource.type());
    boolean gzip = takesGzip(route.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    Buffer body = gzip ? resource.gzip() : resource.plain();
    // Vert.x leaves it out where there is no body (RFC 9110 §9.3.2).
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    return response.end(body);
  }

  /** Returns whether gzip is named and not given the weight 0 (RFC 9110 §12.5.3). */
  static boolean takesGzip(@Nullable String encodings) {
    // One at a time: the time that a pattern of them all takes grows with the square of the length.
    return encodings != null
        && Arrays.stream(encodings.split(",")).anyMatch(coding -> GZIP.matcher(coding).matches());
  }

  private static byte[] read(String name) {
    try (InputStream in = Page.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("this program was built without the web page");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the web page cannot be read from the jar", e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return packed.toByteArray();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
