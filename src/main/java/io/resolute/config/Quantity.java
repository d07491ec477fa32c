package io.resolute.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people write them: {@code 64KiB}, {@code 20s}. */
final class Quantity {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]+)");
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
