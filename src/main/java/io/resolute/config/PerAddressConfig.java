package io.resolute.config;

/**
 * What the clients at one address share: one of IPv4, or 64 bits of IPv6.
 *
 * @param connections open at once
 * @param handshakes TLS handshakes that are begun
 * @param opened new WebSockets
 * @param rooms made
 */
public record PerAddressConfig(
    int connections, RateConfig handshakes, RateConfig opened, RateConfig rooms) {
  static PerAddressConfig read(Section section) throws ConfigException {
    PerAddressConfig config =
        new PerAddressConfig(
            section.count("connections", 1, 10_000_000, 250),
            RateConfig.readCounts(section.section("handshakes"), "50/s", 1000),
            RateConfig.readCounts(section.section("opened"), "20/s", 500),
            RateConfig.readCounts(section.section("rooms"), "2/m", 100));
    section.end();
    return config;
  }
}
