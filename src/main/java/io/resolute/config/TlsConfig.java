package io.resolute.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the server proves to be. There is no way to do without TLS. */
public sealed interface TlsConfig {
  /**
   * A certificate made at start and kept in memory, for trying things out.
   *
   * @param hosts the host names and IP addresses that it names
   */
  record SelfSigned(List<String> hosts) implements TlsConfig {
    public SelfSigned {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * A certificate from an authority.
   *
   * @param certificate PEM, the server's certificate first and then the chain
   * @param key PEM, the private key of the first certificate, not encrypted
   * @param reload how often it is looked whether the files were replaced
   */
  record Files(Path certificate, Path key, Duration reload) implements TlsConfig {}

  static TlsConfig read(Section section) throws ConfigException {
    List<String> hosts =
        section.texts(
            "selfSigned", "host names or addresses", List.of("localhost", "127.0.0.1", "::1"));
    Path certificate = file(section, "certificate");
    Path key = file(section, "key");
    Duration reload = section.duration("reload", "100ms", "1d", "10s");
    section.end();
    if (certificate == null && key == null) {
      return new SelfSigned(hosts);
    }
    if (certificate == null || key == null) {
      String missing = certificate == null ? "certificate" : "key";
      throw ConfigException.at(
          section.path(missing), "missing; a certificate and its key are named together");
    }
    if (section.has("selfSigned")) {
      throw ConfigException.at(
          section.path("selfSigned"),
          "remove it; the server uses the certificate file that is named");
    }
    return new Files(certificate, key, reload);
  }

  private static @Nullable Path file(Section section, String name) throws ConfigException {
    String text = section.optionalText(name, "file name", "PEM, with the other of the two", "none");
    try {
      return text == null ? null : Path.of(text);
    } catch (InvalidPathException noFileName) {
      throw ConfigException.at(section.path(name), "expected the name of a file");
    }
  }
}
