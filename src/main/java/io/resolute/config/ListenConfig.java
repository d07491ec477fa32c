package io.resolute.config;

/**
 * Where the server is reached.
 *
 * @param host the address to bind, {@code 0.0.0.0} for every one
 * @param port 1 to 65535; 0 for any that is free
 * @param path where WebSockets of this protocol are accepted; begins with a slash
 */
public record ListenConfig(String host, int port, String path) {
  private static final int MAX_PORT = 65_535;
  private static final int DEFAULT_PORT = 5656;

  static ListenConfig read(Section section) throws ConfigException {
    String host = section.text("host", "address or host name", "of this machine", "0.0.0.0");
    int port = section.count("port", 0, MAX_PORT, DEFAULT_PORT);
    String path = section.text("path", "path", "begins with /", "/v1");
    if (!path.matches("(/[A-Za-z0-9_~-]+)+")) {
      throw ConfigException.at(section.path("path"), "expected a path such as \"/v1\"");
    }
    section.end();
    return new ListenConfig(host, port, path);
  }
}
