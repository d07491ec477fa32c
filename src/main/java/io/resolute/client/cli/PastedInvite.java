package io.resolute.client.cli;

import io.resolute.client.InvalidInviteException;
import io.resolute.client.Invite;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An invite as it comes out of a letter or a window: with line breaks, quotes, and words around.
 *
 * @param seenBy whose link the invite came inside of, as mail scanners and chat apps make them: the
 *     name of a host, which has the invite now, with all its secrets
 */
record PastedInvite(Invite invite, Optional<String> seenBy) {
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
  private static final Pattern END = Pattern.compile("\\s--|[\"'<>`\u2018\u2019\u201C\u201D]");
  // A link of somebody else's with one of ours in its query, whose # is encoded: otherwise it would
  // be the other's. Links that are none, or name a user before the host, are matched as well, all
  // of them: so nothing is looked at twice.
  private static final Pattern WRAPPED =
      pattern(
          "https?://(?:([\\w.-]+)(?::\\d+)?(?=[/?]))?[^\\s?#\"'<>]*"
              + "(?:\\?[^\\s#\"'<>]*?"
              + "(?:=\\n?(https(?::|%3a|%253a)[^&# \"'<>]+)|(?![^\\s#\"'<>])))?");
  // Where a line begins with a link, that is not the rest of the one before it.
  private static final Pattern NEXT_LINK = pattern("([^=])\\n(https?://)");
  private static final Pattern INVITE = pattern("([a-z]+://" + PLACE + PARTS + ")");
  private static final Pattern ENCODED = pattern("%([0-7][0-9a-f])");
  private static final int MAX_WRAPPINGS = 3;
  private static final int HEX = 16;
  // What somebody has written, and no part of a secret, unless by a chance that costs less than a
  // secret that is wrong.
  private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]+|[A-Z]{2,}|\\d{2,}");
  // The parts behind a #, but for the last, with what broke them; and the last, up to a break.
  private static final Pattern BROKEN = Pattern.compile("((?:[^.]*\\.){3})(\\S*)");
  // Random letters in both cases: so many of only one case are one in 10^20.
  private static final int MANY_LETTERS = 80;

  /** Somebody's link around another. */
  private record Wrapped(String wrapper, String link) {}

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /**
   * Reads an invite, whatever is around it. What could be one to more than one host is none, and a
   * word behind one that was cut short is no part of it.
   *
   * @throws InvalidInviteException if there is none in {@code pasted}
   * @throws UsageException if there was one that came to harm in a way that can be named
   */
  static PastedInvite read(String pasted) {
    String lines = plain(pasted);
    String text = lines.replace("%23", "#");
    List<Wrapped> wrapped = unwrapped(lines);
    Matcher full = FULL.matcher(text);
    if (full.find()) {
      Invite invite = keptCase("", full);
      String fragment = "#" + invite.room().value();
      return new PastedInvite(
          invite, first(wrapped, it -> it.link().contains(fragment)).map(Wrapped::wrapper));
    }
    return first(wrapped, it -> INVITE.matcher(it.link()).lookingAt())
        .or(() -> first(wrapped, it -> true))
        .map(it -> new PastedInvite(inside(it.link()), Optional.of(it.wrapper())))
        .orElseGet(() -> new PastedInvite(bareOrBroken(text), Optional.empty()));
  }

  private static Optional<Wrapped> first(List<Wrapped> wrapped, Predicate<Wrapped> condition) {
    return wrapped.stream().filter(condition).findFirst();
  }

  /** Returns all links around others that have a fragment. */
  private static List<Wrapped> unwrapped(String lines) {
    return wrappings(NEXT_LINK.matcher(lines).replaceAll("$1 $2"))
        .map(it -> new Wrapped(it.wrapper(), innermost(it.link())))
        .filter(it -> it.link().contains("#"))
        .toList();
  }

  /** Returns the links around others, which are as they stand there. */
  private static Stream<Wrapped> wrappings(String text) {
    return WRAPPED
        .matcher(text)
        .results()
        .filter(found -> found.group(1) != null && found.group(2) != null)
        .map(found -> new Wrapped(found.group(1), found.group(2)));
  }

  /**
   * Decodes a link, and what it is around if it has no fragment itself: where it has one, its query
   * is no invite.
   */
  private static String innermost(String wrapped) {
    String link = decoded(wrapped);
    for (int i = 1; i < MAX_WRAPPINGS && !link.contains("#"); i++) {
      link = decoded(wrappings(link).findFirst().map(Wrapped::link).orElse(link));
    }
    return link;
  }

  private static String decoded(String link) {
    return ENCODED.matcher(link).replaceAll(PastedInvite::decoded);
  }

  private static String decoded(MatchResult encoded) {
    char character = (char) Integer.parseInt(encoded.group(1), HEX);
    return Matcher.quoteReplacement(String.valueOf(character));
  }

  private static Invite inside(String wrapped) {
    Matcher invite = INVITE.matcher(wrapped);
    return invite.lookingAt() ? keptCase("", invite) : broken(wrapped);
  }

  private static Invite bareOrBroken(String text) {
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
        .lines()
        .map(line -> line.replaceFirst("^[\\s>]+", "").stripTrailing())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static Invite keptCase(String scheme, Matcher found) {
    requireBothCases(found.group(2) + found.group(3));
    String link = found.group(1);
    int secret = link.lastIndexOf('.') + 1;
    return Invite.parse(
        scheme + link.substring(0, secret).replace("\n", "") + unbroken(link.substring(secret)));
  }

  /**
   * Joins the lines of a secret. Nothing behind it tells where it ends, so that a word below one
   * that was cut short could be taken for the rest of it: such a one stays cut.
   */
  private static String unbroken(String secret) {
    List<String> lines = secret.lines().toList();
    boolean goesOn = lines.stream().skip(1).noneMatch(line -> WORD.matcher(line).matches());
    return goesOn ? String.join("", lines) : lines.get(0);
  }

  private static Optional<Invite> whole(String link) {
    try {
      return Optional.of(Invite.parse(trimmed(link)).requireSecret());
    } catch (InvalidInviteException brokenOrOld) {
      return Optional.empty();
    }
  }

  private static Invite broken(String link) {
    int hash = link.indexOf('#');
    if (hash < 0) {
      throw new UsageException(
          "this is not an invite: there is no # in it; what stands behind the # is the secret,"
              + " which got lost on the way");
    }
    // Only between its points: before the # are words of their own, which could be another host
    // together, and behind the last point a word could be taken for the rest of a secret that was
    // cut short.
    String whole = link.substring(hash);
    Matcher parts = BROKEN.matcher(whole);
    boolean hasSecret = parts.lookingAt();
    String before = hasSecret ? parts.group(1) : whole;
    String secret = hasSecret ? parts.group(2) : "";
    String fragment = trimmed(before.replaceAll("\\s", "") + secret);
    if (fragment.chars().filter(Character::isLetter).count() > MANY_LETTERS) {
      requireBothCases(fragment);
    }
    return Invite.parse(link.substring(0, hash).replace("\n", "") + fragment);
  }

  private static String trimmed(String link) {
    return link.replaceFirst("(?<![.,;)])[.,;)]+$", "");
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
