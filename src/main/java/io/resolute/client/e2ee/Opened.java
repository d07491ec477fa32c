package io.resolute.client.e2ee;

/** What became of something that came in. */
sealed interface Opened {
  /** Tells it to {@code reader}. */
  void tell(RoomCipher.Reader reader);

  /**
   * It was a text, which the member said and nobody else.
   *
   * @param audience who else can read it
   * @param missing how many messages of the member between the latest one and this one did not
   *     arrive
   */
  record Text(String text, Audience audience, int missing) implements Opened {
    @Override
    public void tell(RoomCipher.Reader reader) {
      if (missing > 0) {
        reader.missing(missing);
      }
      reader.text(text, audience == Audience.ONE_MEMBER);
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
    public void tell(RoomCipher.Reader reader) {}
  }

  /** It was not taken, and changed nothing. */
  record Rejected(Rejection why) implements Opened {
    @Override
    public void tell(RoomCipher.Reader reader) {
      reader.unreadable(why);
    }
  }
}
