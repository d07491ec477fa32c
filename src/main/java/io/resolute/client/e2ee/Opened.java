package io.resolute.client.e2ee;

/** What became of something that came in. */
public sealed interface Opened {
  /** Calls the method of {@code visitor} for this outcome and returns what it returns. */
  <R> R accept(Visitor<R> visitor);

  /** One method an outcome, so that none can be forgotten. */
  interface Visitor<R> {
    R text(Text opened);

    R key(Key opened);

    R rejected(Rejected opened);
  }

  /**
   * It was a text, which the member said and nobody else.
   *
   * @param audience who else can read it
   * @param missing how many messages of the member between the latest one and this one did not
   *     arrive; the server held them back, or will deliver them later
   */
  record Text(String text, Audience audience, int missing) implements Opened {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.text(this);
    }

    /** Hides the text, so that none ends up in a log. */
    @Override
    public String toString() {
      return "Text[hidden]";
    }
  }

  /** It was the key of what the member says from here on. */
  record Key() implements Opened {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.key(this);
    }
  }

  /** It was not taken, and changed nothing. */
  record Rejected(Rejection why) implements Opened {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rejected(this);
    }
  }
}
