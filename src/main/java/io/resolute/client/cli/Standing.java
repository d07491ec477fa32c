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
      case REACHABLE -> " (weak)";
      case UNSUPPORTED_KEY -> " (left out: another program)";
      case DAMAGED_KEY, NOT_ADMITTED, OWN_KEY, REPEATED_KEY, TOO_MANY_KEYS -> " (left out)";
    };
  }

  /** Returns whether people should be told more of a member with this status. */
  static boolean isSuspicious(PeerStatus status) {
    return status != PeerStatus.VERIFIED;
  }

  /** Returns what a status means, to stand behind a name; and what may be behind it. */
  static String explain(PeerStatus status) {
    return switch (status) {
      case VERIFIED -> "was invited";
      case REACHABLE ->
          "has weak encryption: the server can read and forge what you and they say to each other";
      case UNSUPPORTED_KEY ->
          "is left out, and gets nothing that you say: their program is one that this one does not"
              + " know";
      case NOT_ADMITTED ->
          "is left out, and gets nothing that you say: their invite was damaged"
              + " on its way, or the server has put them in";
      case DAMAGED_KEY -> "is left out, and gets nothing that you say: their key came damaged";
      case OWN_KEY, REPEATED_KEY ->
          "is left out, and gets nothing that you say: the server shows a key a"
              + " second time, which no honest one does";
      case TOO_MANY_KEYS ->
          "is left out, and gets nothing that you say: too many have come and gone"
              + " in this room; make another";
    };
  }

  /** Returns what became of something that cannot be read, to stand behind a name. */
  static String of(Rejection why) {
    return switch (why) {
      case UNKNOWN_KEY, BEFORE_KEY -> "said something before its key came here";
      case NOT_VERIFIED -> "is left out, and what it sends is not read";
      case BAD_SIGNATURE -> "did not write what the server sent in its name";
      case STALE_KEY, RETIRED_KEY, REPLAYED -> "did not say this now: the server sent it again";
      case GAP_TOO_LARGE -> "said too much that the server held back";
      case MALFORMED, UNSUPPORTED, BAD_SEALING, BAD_PLAINTEXT, WIPED ->
          "sent something that cannot be read";
    };
  }
}
