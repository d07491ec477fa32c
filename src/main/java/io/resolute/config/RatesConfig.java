package io.resolute.config;

/**
 * How fast one connection may go.
 *
 * @param commands requests other than messages; what comes too early is refused
 * @param messages what comes too early is read later
 * @param bytes received from the client, and handed to others on its behalf; what comes too early
 *     is read later
 * @param failedJoins joins with a wrong key; what comes too early is refused, with any key
 * @param errors requests that are refused; who causes more is closed
 */
public record RatesConfig(
    RateConfig commands,
    RateConfig messages,
    RateConfig bytes,
    RateConfig failedJoins,
    RateConfig errors) {

  /** Returns rates that nothing exceeds. */
  public static RatesConfig unlimited() {
    RateConfig none = RateConfig.unlimited();
    return new RatesConfig(none, none, none, none, none);
  }

  static RatesConfig read(Section section) throws ConfigException {
    RatesConfig rates =
        new RatesConfig(
            RateConfig.readCounts(section.section("commands"), "50/s", 500),
            RateConfig.readCounts(section.section("messages"), "100/s", 1000),
            RateConfig.readBytes(section.section("bytes"), "2MiB/s", "16MiB"),
            RateConfig.readCounts(section.section("failedJoins"), "6/m", 10),
            RateConfig.readCounts(section.section("errors"), "1/s", 100));
    section.end();
    return rates;
  }
}
