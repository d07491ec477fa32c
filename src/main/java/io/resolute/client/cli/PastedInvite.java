package io.resolute.client.cli;

import io.resolute.client.InvalidInviteException;
import io.resolute.client.Invite;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An invite as it comes out of a letter or a window: with line breaks, quotes, and words around.
 */
final class PastedInvite {
  // What stands before the link may be the command that was printed with it.
  private static final Pattern LINK =
      Pattern.compile("(?s)^(.*?)(https://.*)$", Pattern.CASE_INSENSITIVE);
  // A blank and an option, or the quote that is closed: there the link ends.
  private static final Pattern END = Pattern.compile("\\s+--|[\"'<>`\u2018\u2019\u201C\u201D]");
  // The parts behind the # are of fixed lengths, so that a broken link ends where its last is full.
  private static final Pattern FULL =
      Pattern.compile(
          "(?:[a-z]+://)?[\\w.:\\[\\]-]+/?\\n?#((?:\\n?[\\w-]){32})\\n?\\.\\n?[of]\\n?\\."
              + "((?:\\n?[\\w-]){32})\\n?\\.((?:\\n?[\\w-]){43})(?![\\w-])",
          Pattern.CASE_INSENSITIVE);
  // Random letters in both cases: so many of only one case are one in 10^20.
  private static final int MANY_LETTERS = 80;

  private PastedInvite() {}

  /**
   * Reads an invite, whatever is around it.
   *
   * @throws InvalidInviteException if there is none in {@code pasted}
   * @throws UsageException if there was one that came to harm in a way that can be named
   */
  static Invite read(String pasted) {
    String text =
        pasted
            .replaceAll("[\\u00AD\\u200B-\\u200D\\u2060\\uFEFF]", "")
            .replace("%23", "#")
            .replaceAll("\\s*\\n[\\s>]*", "\n")
            .strip();
    Matcher full = FULL.matcher(text);
    if (full.find()) {
      return full(full);
    }
    Matcher found = LINK.matcher(text);
    if (!found.matches()) {
      return Invite.parse(text);
    }
    String link = END.split(found.group(2), 2)[0];
    Optional<Invite> whole = whole(link.split("\\s", 2)[0]);
    return whole.isPresent() ? whole.get() : broken(link.replaceAll("\\s+", ""));
  }

  private static Invite full(Matcher full) {
    String parts = full.group(1) + full.group(2) + full.group(3);
    if (parts.equals(lower(parts)) || parts.equals(parts.toUpperCase(Locale.ROOT))) {
      throw lostCase();
    }
    String link = full.group().replace("\n", "");
    return Invite.parse(link.contains("://") ? link : "https://" + link);
  }

  /** Where the link is not broken, what stands behind it is something else. */
  private static Optional<Invite> whole(String link) {
    try {
      return Optional.of(Invite.parse(trimmed(link)).requireSecret());
    } catch (InvalidInviteException brokenOrOld) {
      return Optional.empty();
    }
  }

  private static String trimmed(String link) {
    return link.replaceAll("[.,;)]+$", "");
  }

  private static Invite broken(String untrimmed) {
    String link = trimmed(untrimmed);
    int hash = link.indexOf('#');
    if (hash < 0) {
      throw new UsageException(
          "this is not an invite: there is no # in it; what stands behind the # is the secret,"
              + " which got lost on the way");
    }
    String secret = link.substring(hash + 1);
    long letters = secret.chars().filter(Character::isLetter).count();
    if (letters > MANY_LETTERS
        && (secret.equals(lower(secret)) || secret.equals(secret.toUpperCase(Locale.ROOT)))) {
      throw lostCase();
    }
    return Invite.parse(link);
  }

  private static UsageException lostCase() {
    return new UsageException(
        "this invite is damaged: its capital and small letters got lost on the way;"
            + " ask for it again, by a way that keeps them");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
