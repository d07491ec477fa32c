package io.resolute.config;

/**
 * What the clients at one address share: one of IPv4, or 64 bits of IPv6.
 *
 * @param connections open at once
 * @param opened new connections
 * @param rooms made
 */
public record PerAddressConfig(int connections, RateConfig opened, RateConfig rooms) {
  static PerAddressConfig read(Section section) throws ConfigException {
    PerAddressConfig config =
        new PerAddressConfig(
            section.count("connections", 1, 10_000_000, 250),
            RateConfig.readCounts(section.section("opened"), "20/s", 500),
            RateConfig.readCounts(section.section("rooms"), "2/m", 100));
    section.end();
    return config;
  }
}
