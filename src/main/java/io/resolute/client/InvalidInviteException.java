package io.resolute.client;

/** A text is not an invite. Neither the message nor the problem quotes anything of it. */
public final class InvalidInviteException extends ResoluteException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the text; the first that was found. */
  public enum Problem {
    /** It is not a link. */
    NOT_A_LINK("it is not a link"),
    /** The link is of another scheme. */
    NOT_HTTPS("it does not begin with https://"),
    /** The link names no host, or nothing that is one. */
    HOST("it names no host"),
    /** The port is not one. */
    PORT("its port is not between 1 and 65535"),
    /** There is a user, a path or a query in the link. */
    EXTRA_PARTS("between the host and the # there is more than a /"),
    /** There is nothing behind the #, or too few or too many parts. */
    PARTS("behind the # there are not four parts with points between them"),
    /** The room's id is not of the form of one. */
    ROOM_ID("the room's id behind the # is not 32 letters and digits"),
    /** The kind is neither {@code o} nor {@code f}. */
    KIND("the kind behind the # is neither o nor f"),
    /** The join key is not of the form of one. */
    JOIN_KEY("the join key behind the # is not 32 letters and digits"),
    /** The room secret is not of the form of one. */
    ROOM_SECRET("the room's secret at the end is not 43 letters, digits, - and _"),
    /** There is no room secret, and without one only old, weak peers can be talked to. */
    NO_ROOM_SECRET("the room's secret at the end is missing");

    private final String text;

    Problem(String text) {
      this.text = text;
    }
  }

  private final Problem problem;

  InvalidInviteException(Problem problem) {
    super("this is not an invite: " + problem.text, null);
    this.problem = problem;
  }

  /** Returns what is wrong with the text. */
  public Problem problem() {
    return problem;
  }
}
