package io.resolute.client.cli;

import io.resolute.client.Member;
import io.resolute.client.e2ee.PeerStatus;
import io.resolute.client.e2ee.Rejection;

/** Says what a member's key, or what came in its name, is worth. */
final class Standing {
  private Standing() {}

  /** Returns what stands behind a member's name; nothing for one that is as it should be. */
  static String of(Member member) {
    return switch (member.status()) {
      case VERIFIED -> "";
      case REACHABLE -> " (weak: nobody knows whose its key is)";
      case UNSUPPORTED_KEY -> " (not verified, is sent nothing: its key is of an unknown kind)";
      case DAMAGED_KEY -> " (not verified, is sent nothing: its key is damaged)";
      case NOT_ADMITTED -> " (not verified, is sent nothing: its key is of nobody invited)";
      case OWN_KEY -> " (not verified, is sent nothing: its key is your own)";
      case REPEATED_KEY -> " (not verified, is sent nothing: its key was somebody else's)";
      case TOO_MANY_KEYS -> " (not verified, is sent nothing: too many have come and gone)";
    };
  }

  /** Returns whether people should be warned of a member with this status. */
  static boolean isSuspicious(PeerStatus status) {
    return status != PeerStatus.VERIFIED;
  }

  /** Returns what became of something that cannot be read, to stand behind a name. */
  static String of(Rejection why) {
    return switch (why) {
      case UNKNOWN_KEY, BEFORE_KEY -> "said something before its key came here";
      case NOT_VERIFIED -> "is not verified, and what it sends is not read";
      case BAD_SIGNATURE -> "did not write what the server sent in its name";
      case STALE_KEY, RETIRED_KEY, REPLAYED -> "did not say this now: the server sent it again";
      case GAP_TOO_LARGE -> "said too much that the server held back";
      case MALFORMED, UNSUPPORTED, BAD_SEALING, BAD_PLAINTEXT, WIPED ->
          "sent something that cannot be read";
    };
  }
}
