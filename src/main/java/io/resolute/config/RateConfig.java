package io.resolute.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * How often something may happen: as a bucket of tokens that is filled steadily and emptied as they
 * are used.
 *
 * @param perSecond tokens that come in a second, more than 0; infinite for no limit
 * @param burst tokens that there are at most, 1 or more
 */
public record RateConfig(double perSecond, long burst) {
  private static final String UNLIMITED = "unlimited";
  private static final int MAX_BURST = 1_000_000_000;
  private static final double MINUTE = Duration.ofMinutes(1).toSeconds();
  // What takes longer to come back is no rate.
  private static final Duration LONGEST_REFILL = Duration.ofDays(1);

  /** Returns a rate that nothing exceeds. */
  public static RateConfig unlimited() {
    return new RateConfig(Double.POSITIVE_INFINITY, 1);
  }

  /** Returns whether there is a limit. */
  public boolean isLimited() {
    return Double.isFinite(perSecond);
  }

  /** Returns how many tokens come in a minute, rounded down; 1 at least. */
  public long perMinute() {
    return Math.max(1, (long) (perSecond * MINUTE));
  }

  /** Returns how long an empty bucket takes to be full; nothing if there is no limit. */
  public Duration refill() {
    return isLimited()
        ? Duration.ofMillis((long) Math.ceil(burst / perSecond * 1000))
        : Duration.ZERO;
  }

  /** Reads how often something may happen. */
  static RateConfig readCounts(Section section, String rate, int burst) throws ConfigException {
    double perSecond = readRate(section, rate, "20/s", Quantity::perSecond);
    return checked(section, perSecond, section.count("burst", 1, MAX_BURST, burst));
  }

  /** Reads how many bytes may be sent. */
  static RateConfig readBytes(Section section, String rate, String burst) throws ConfigException {
    double perSecond = readRate(section, rate, "1MiB/s", Quantity::bytesPerSecond);
    return checked(section, perSecond, section.size("burst", "64KiB", "512MiB", burst));
  }

  private static double readRate(
      Section section,
      String defaultValue,
      String example,
      Function<String, Optional<Double>> perSecondOf)
      throws ConfigException {
    String text = section.text("rate", "rate", "more than 0, or \"unlimited\"", defaultValue);
    if (text.toLowerCase(Locale.ROOT).equals(UNLIMITED)) {
      return Double.POSITIVE_INFINITY;
    }
    double perSecond = perSecondOf.apply(text).orElse(0.0);
    if (perSecond <= 0) {
      throw ConfigException.at(
          section.path("rate"), "expected a rate such as \"" + example + "\", or \"unlimited\"");
    }
    return perSecond;
  }

  private static RateConfig checked(Section section, double perSecond, long burst)
      throws ConfigException {
    section.end();
    RateConfig rate = new RateConfig(perSecond, burst);
    if (rate.refill().compareTo(LONGEST_REFILL) > 0) {
      throw ConfigException.at(
          section.path("burst"),
          "expected no more than " + section.path("rate") + " gives in a day");
    }
    return rate;
  }
}
