package io.resolute.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes, durations and rates as people write them: {@code 64KiB}, {@code 20s}, {@code 6/m}. */
final class Quantity {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]+)");
  private static final Pattern RATE = Pattern.compile("(.+)/([smh])");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final long KIB = 1024;

  private Quantity() {}

  /** Reads a size in bytes; nothing if {@code text} is none. */
  static Optional<Long> size(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "b" -> Optional.of(number);
      case "kib" -> Optional.of(number * KIB);
      case "mib" -> Optional.of(number * KIB * KIB);
      case "gib" -> Optional.of(number * KIB * KIB * KIB);
      default -> Optional.empty();
    };
  }

  /** Reads a duration; nothing if {@code text} is none. */
  static Optional<Duration> duration(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Optional.of(Duration.ofMillis(number));
      case "s" -> Optional.of(Duration.ofSeconds(number));
      case "m" -> Optional.of(Duration.ofMinutes(number));
      case "h" -> Optional.of(Duration.ofHours(number));
      case "d" -> Optional.of(Duration.ofDays(number));
      default -> Optional.empty();
    };
  }

  /** Reads how often, as {@code 20/s}, and returns it by the second; nothing if it is none. */
  static Optional<Double> perSecond(String text) {
    return rate(
        text,
        number ->
            NUMBER.matcher(number).matches()
                ? Optional.of(Long.valueOf(number))
                : Optional.empty());
  }

  /** Reads how much, as {@code 1MiB/s}, and returns bytes a second; nothing if it is none. */
  static Optional<Double> bytesPerSecond(String text) {
    return rate(text, Quantity::size);
  }

  private static Optional<Double> rate(String text, Function<String, Optional<Long>> amount) {
    Matcher matcher = RATE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration per = duration("1" + matcher.group(2)).orElseThrow();
    return amount.apply(matcher.group(1)).map(number -> (double) number / per.toSeconds());
  }

  /** Writes a size with the largest unit that leaves it whole. */
  static String format(long bytes) {
    if (bytes > 0 && bytes % (KIB * KIB) == 0) {
      return bytes / (KIB * KIB) + "MiB";
    }
    return bytes > 0 && bytes % KIB == 0 ? bytes / KIB + "KiB" : bytes + "B";
  }

  /** Writes a duration with the largest unit that leaves it whole. */
  static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }
}
