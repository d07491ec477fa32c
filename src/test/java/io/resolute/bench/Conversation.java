package io.resolute.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A room whose members write to each other, and check what arrives: that it is for them, whole,
 * from whom it says, once, and in order. To be used on its lane.
 */
final class Conversation {
  private final Traffic traffic;
  private final int number;
  private final Pattern pattern;
  private final Member[] members;

  /**
   * A room that is not open yet.
   *
   * @param number which one of the run
   */
  Conversation(Traffic traffic, int number, int size, Pattern pattern) {
    this.traffic = traffic;
    this.number = number;
    this.pattern = pattern;
    members = IntStream.range(0, size).mapToObj(i -> new Member(i, size)).toArray(Member[]::new);
  }

  CompletableFuture<Conversation> open(Dialect dialect, URI uri) {
    return dialect
        .open(traffic.lane(), uri, number, members.length, i -> members[i])
        .thenApply(
            seats -> {
              for (int i = 0; i < members.length; i++) {
                members[i].seat = seats.get(i);
              }
              return this;
            });
  }

  /** Returns those who write. */
  List<Member> senders() {
    List<Member> senders = new ArrayList<>();
    for (Member member : members) {
      if (pattern.sends(member.index)) {
        senders.add(member);
      }
    }
    return senders;
  }

  void close() {
    for (Member member : members) {
      member.seat.close();
    }
  }

  /** One of the room. */
  final class Member implements Dialect.Hearer {
    private final int index;

    // What is to come next from each other member.
    private final int[] expected;

    // How many have yet to hear each message that is under way, by its number in the window.
    private int[] missing = new int[0];
    private Dialect.Seat seat;
    private int sequence;

    private Member(int index, int size) {
      this.index = index;
      expected = new int[size];
    }

    /** Sends as many messages as it may have under way. */
    void fillWindow() {
      missing = new int[traffic.window()];
      for (int i = 0; i < traffic.window(); i++) {
        say(System.nanoTime());
      }
    }

    /** Sends a message; its time begins at {@code nanos}. */
    void say(long nanos) {
      int copies = pattern.copies(members.length);
      int to = pattern.recipient(index, members.length);
      Content content = new Content(number, index, to, sequence, nanos);
      if (traffic.window() > 0) {
        missing[sequence % traffic.window()] = copies;
      }
      sequence++;
      content.write(traffic.text());
      traffic.sent(copies);
      seat.send(to, traffic.text());
    }

    private void arrived(Content content) {
      if (traffic.window() > 0 && --missing[content.sequence() % traffic.window()] == 0) {
        if (traffic.isFlowing()) {
          say(System.nanoTime());
        }
      }
    }

    @Override
    public void heard(int from, byte[] text, int offset, int length) {
      try {
        Content content = Content.read(text, offset, length);
        String wrong = faultOf(content, from, length);
        if (wrong.isEmpty()) {
          expected[content.from()]++;
          traffic.heard(content);
          members[content.from()].arrived(content);
        } else {
          failed(wrong);
        }
      } catch (Content.DamagedException e) {
        failed("a message has arrived damaged: " + e.getMessage());
      }
    }

    @Override
    public void asked() {
      traffic.asked();
    }

    @Override
    public void answered(int recipients) {
      if (recipients == pattern.copies(members.length)) {
        traffic.answered();
      } else {
        failed("the server says that a message went to " + recipients + " members");
      }
    }

    private String faultOf(Content content, int from, int length) {
      String misplaced = content.faultAt(number, index, length, traffic.size());
      if (!misplaced.isEmpty()) {
        return misplaced;
      }
      if (from != UNNAMED && from != content.from()) {
        return "a message has arrived as another member's";
      }
      int due = expected[content.from()];
      if (content.sequence() < due) {
        return "a message has arrived twice, or late";
      }
      return content.sequence() > due ? "a message was lost, or overtaken" : "";
    }

    @Override
    public void failed(String what) {
      traffic.failed("room " + number + ", member " + index + ": " + what);
    }
  }
}
