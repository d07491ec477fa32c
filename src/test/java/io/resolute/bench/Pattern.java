package io.resolute.bench;

/** Who in a room writes to whom. */
enum Pattern {
  /** Each member to the one after it, the last one to the first. */
  ONE {
    @Override
    boolean sends(int member) {
      return true;
    }

    @Override
    int recipient(int member, int members) {
      return (member + 1) % members;
    }
  },

  /** The first member to all others. */
  ALL {
    @Override
    boolean sends(int member) {
      return member == 0;
    }

    @Override
    int recipient(int member, int members) {
      return Content.ALL;
    }
  },

  /** All others to the first member. */
  FIRST {
    @Override
    boolean sends(int member) {
      return member != 0;
    }

    @Override
    int recipient(int member, int members) {
      return 0;
    }
  };

  abstract boolean sends(int member);

  /** Returns to whom a member writes: another one, or {@link Content#ALL}. */
  abstract int recipient(int member, int members);

  /** Returns how many get what one member sends. */
  int copies(int members) {
    return this == ALL ? members - 1 : 1;
  }
}
