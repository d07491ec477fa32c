package io.resolute.client.cli;

import io.resolute.client.InvalidInviteException;
import io.resolute.client.Invite;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An invite as it comes out of a letter or a window: with line breaks, quotes, and words around.
 */
final class PastedInvite {
  // The parts behind the # are of fixed lengths, so that a broken link ends where its last is full.
  private static final String PLACE = "(?:\\[[0-9a-f:.]+\\]|[\\w.-]+)(?::\\d+)?/?\\n?#";
  private static final String PARTS =
      "((?:\\n?[\\w-]){32}\\n?\\.)\\n?[of]\\n?"
          + "(\\.(?:\\n?[\\w-]){32}\\n?\\.(?:\\n?[\\w-]){43})(?![\\w-])";
  // Behind anything else, it would be the rest of another link.
  private static final String BEFORE = "[ \"'<>(\\[{*`\u2018\u2019\u201C\u201D\u201E\u00AB\u00BB]";
  private static final Pattern FULL =
      pattern("(?:^|\\n|" + BEFORE + ")([a-z]+://" + PLACE + PARTS + ")");
  // Behind a line that may end within the name of a host, it would be the rest of that name.
  private static final Pattern BARE =
      pattern("(?:^|[^\\w.-]\\n|" + BEFORE + ")(" + PLACE + PARTS + ")");
  // What stands before the link may be the command that was printed with it.
  private static final Pattern LINK = pattern("(?s)https://.*$");
  // A blank and an option, or the quote that is closed: there the link ends.
  private static final Pattern END = Pattern.compile("\\s+--|[\"'<>`\u2018\u2019\u201C\u201D]");
  // Random letters in both cases: so many of only one case are one in 10^20.
  private static final int MANY_LETTERS = 80;

  private PastedInvite() {}

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /**
   * Reads an invite, whatever is around it. What could be one to more than one host is none.
   *
   * @throws InvalidInviteException if there is none in {@code pasted}
   * @throws UsageException if there was one that came to harm in a way that can be named
   */
  static Invite read(String pasted) {
    String text = plain(pasted);
    Matcher full = FULL.matcher(text);
    if (full.find()) {
      return keptCase("", full);
    }
    Matcher bare = BARE.matcher(text);
    if (bare.find() && !text.substring(0, bare.start()).contains("://")) {
      return keptCase("https://", bare);
    }
    Matcher found = LINK.matcher(text);
    if (!found.find()) {
      return Invite.parse(text);
    }
    String link = END.split(found.group(), 2)[0];
    // Where the link is not broken, what stands behind it is something else.
    Optional<Invite> whole = whole(link.split("\\s", 2)[0]);
    return whole.isPresent() ? whole.get() : broken(link);
  }

  /** Without what cannot be seen, and what mail programs put before and between lines. */
  private static String plain(String pasted) {
    return pasted
        .replaceAll("\\p{Cf}", "")
        .replaceAll("\\p{Z}", " ")
        .replace("%23", "#")
        .lines()
        .map(line -> line.replaceFirst("^[\\s>]+", "").stripTrailing())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static Invite keptCase(String scheme, Matcher found) {
    requireBothCases(found.group(2) + found.group(3));
    return Invite.parse(scheme + found.group(1).replace("\n", ""));
  }

  private static Optional<Invite> whole(String link) {
    try {
      return Optional.of(Invite.parse(trimmed(link)).requireSecret());
    } catch (InvalidInviteException brokenOrOld) {
      return Optional.empty();
    }
  }

  private static Invite broken(String untrimmed) {
    String link = trimmed(untrimmed.replace("\n", ""));
    int hash = link.indexOf('#');
    if (hash < 0) {
      throw new UsageException(
          "this is not an invite: there is no # in it; what stands behind the # is the secret,"
              + " which got lost on the way");
    }
    // Only there: before the # are words of their own, and together they could be another host.
    String fragment = link.substring(hash).replaceAll("\\s", "");
    if (fragment.chars().filter(Character::isLetter).count() > MANY_LETTERS) {
      requireBothCases(fragment);
    }
    return Invite.parse(link.substring(0, hash) + fragment);
  }

  private static String trimmed(String link) {
    return link.replaceAll("[.,;)]+$", "");
  }

  private static void requireBothCases(String random) {
    if (random.equals(random.toLowerCase(Locale.ROOT))
        || random.equals(random.toUpperCase(Locale.ROOT))) {
      throw new UsageException(
          "this invite is damaged: its capital and small letters got lost on the way;"
              + " ask for it again, by a way that keeps them");
    }
  }
}
