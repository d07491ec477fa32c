package io.resolute.client.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where a server is, as people write it. */
final class ServerAddress {
  /** Where a server listens that is told nothing else. */
  static final int DEFAULT_PORT = 5656;

  private static final String PATH = "/v1";
  private static final int MAX_PORT = 65535;

  private ServerAddress() {}

  /**
   * Reads {@code HOST}, {@code HOST:PORT}, or a link with the scheme {@code wss} or {@code https},
   * whose path may be missing. Without a port, a bare host is at {@link #DEFAULT_PORT} and a link
   * at 443.
   *
   * @return {@code wss://HOST:PORT/v1}
   * @throws UsageException if it is something else
   */
  static URI parse(String text) {
    String address = text.strip();
    String scheme = address.toLowerCase(Locale.ROOT).replaceFirst("://.*", "");
    boolean link = address.contains("://");
    if (link && !scheme.equals("wss") && !scheme.equals("https")) {
      throw new UsageException(
          "a server speaks TLS only: its address begins with wss://, not with " + scheme + "://");
    }
    URI uri = uri(link ? address.substring(scheme.length() + "://".length()) : bracketed(address));
    String path = uri.getRawPath();
    boolean bare = path.isEmpty() || path.equals("/") || path.equals(PATH);
    if (uri.getRawFragment() != null) {
      throw new UsageException("this is an invite: chat join takes it");
    }
    if (uri.getHost() == null || !bare || uri.getRawQuery() != null || uri.getUserInfo() != null) {
      throw malformed();
    }
    int port = uri.getPort();
    if (port == -1 && !link) {
      port = DEFAULT_PORT;
    }
    if (port == 0 || port > MAX_PORT) {
      throw new UsageException("a port is between 1 and " + MAX_PORT);
    }
    return uri(uri.getHost() + (port == -1 ? "" : ":" + port) + PATH);
  }

  /** An IPv6 address is in brackets in a link. */
  private static String bracketed(String address) {
    return address.indexOf(':') != address.lastIndexOf(':') && !address.startsWith("[")
        ? "[" + address + "]"
        : address;
  }

  private static URI uri(String rest) {
    try {
      return new URI("wss://" + rest);
    } catch (URISyntaxException notOne) {
      throw malformed();
    }
  }

  private static UsageException malformed() {
    return new UsageException("a server's address is HOST, HOST:PORT or wss://HOST:PORT/v1");
  }
}
