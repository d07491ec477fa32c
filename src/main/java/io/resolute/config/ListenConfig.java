package io.resolute.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the server is reached.
 *
 * @param host the address to bind, {@code 0.0.0.0} for every one
 * @param port 1 to 65535; 0 for any that is free
 * @param path where WebSockets of this protocol are accepted; begins with a slash
 * @param origins the sites, beside the server's own, whose pages may connect (RFC 6454), in lower
 *     case: scheme, host, and port unless it is the scheme's
 * @param proxies those who are believed when they say for whom they connect
 * @param proxyProtocol whether they say it by the PROXY protocol, and not in {@code
 *     X-Forwarded-For}
 */
public record ListenConfig(
    String host,
    int port,
    String path,
    List<String> origins,
    List<Network> proxies,
    boolean proxyProtocol) {
  private static final int MAX_PORT = 65_535;
  private static final int DEFAULT_PORT = 5656;
  private static final String EVENT_BUS = "/eventbus";
  private static final String ORIGIN = "[a-z][a-z0-9+.-]*://[a-z0-9.\\[\\]:-]+";
  // No browser names it, so that such an entry would let nobody in.
  private static final String DEFAULT_PORTS = "https://.*:443|http://.*:80";

  public ListenConfig {
    origins = List.copyOf(origins);
    proxies = List.copyOf(proxies);
  }

  static ListenConfig read(Section section) throws ConfigException {
    String host = section.text("host", "address or host name", "of this machine", "0.0.0.0");
    int port = section.count("port", 0, MAX_PORT, DEFAULT_PORT);
    String path = section.text("path", "path", "begins with /", "/v1");
    if (!path.matches("(/[A-Za-z0-9_~-]+)+")) {
      throw ConfigException.at(section.path("path"), "expected a path such as \"/v1\"");
    }
    if (path.equals(EVENT_BUS) || path.startsWith(EVENT_BUS + "/")) {
      throw ConfigException.at(
          section.path("path"), "expected another path; the event bus is at " + EVENT_BUS);
    }
    List<String> origins = section.texts("origins", "origins of web pages", List.of());
    for (String origin : origins) {
      if (!origin.matches(ORIGIN) || origin.matches(DEFAULT_PORTS)) {
        throw ConfigException.at(
            section.path("origins"),
            "expected origins such as \"https://chat.example.org\", without the scheme's own port");
      }
    }
    List<Network> proxies = readProxies(section);
    boolean proxyProtocol = section.flag("proxyProtocol", false);
    if (proxyProtocol && proxies.isEmpty()) {
      throw ConfigException.at(
          section.path("proxyProtocol"), "expected " + section.path("proxies") + " beside it");
    }
    section.end();
    return new ListenConfig(host, port, path, origins, proxies, proxyProtocol);
  }

  private static List<Network> readProxies(Section section) throws ConfigException {
    List<Network> proxies = new ArrayList<>();
    for (String text : section.texts("proxies", "addresses", List.of())) {
      proxies.add(
          Network.parse(text)
              .orElseThrow(
                  () ->
                      ConfigException.at(
                          section.path("proxies"),
                          "expected addresses such as \"10.0.0.1\" or \"10.0.0.0/8\"")));
    }
    if (proxies.stream().anyMatch(proxy -> proxy.bits() == 0)) {
      throw ConfigException.at(
          section.path("proxies"),
          "expected no range of all addresses, in which everybody would be believed; name the"
              + " proxies alone");
    }
    return proxies;
  }
}
