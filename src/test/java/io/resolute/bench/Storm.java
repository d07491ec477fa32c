package io.resolute.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Pairs that come and go: each connects twice, with TLS handshakes of its own, makes a room and a
 * key, joins, says a word each way, and closes. So many pairs at once, each followed by another.
 */
final class Storm implements AutoCloseable {
  private final Target target;
  private final Lane lane;
  private final int size;
  private final AtomicReference<String> fault = new AtomicReference<>();
  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private Histogram latencies = Traffic.histogram();
  private boolean over;

  /**
   * @param size bytes of a content
   */
  Storm(Target target, int size) {
    this.target = target;
    this.lane = new Lane(target.tls());
    this.size = size;
  }

  /**
   * Begins with so many pairs at once.
   *
   * @throws Fault if there are too few descriptors for them
   */
  void begin(int pairs) {
    Descriptors.suffice(target, 2L * pairs);
    lane.run(
        () -> {
          over = false;
          for (int i = 0; i < pairs; i++) {
            next();
          }
        });
  }

  /** Lets it blow for a while. */
  void follow(String phase, Duration duration, Watch watch) {
    watch.follow(phase, duration, "connections", this::connections, this::check);
  }

  /** Lets no more pairs come, and waits until those that are there have gone. */
  void end(Watch watch) {
    lane.run(() -> over = true);
    if (!watch.await(() -> begun.sum() == ended.sum(), ended::sum, this::check)) {
      throw new Fault(
          String.format(
              "%d pairs do not come to an end: a message or an answer to each was lost",
              begun.sum() - ended.sum()));
    }
    // A pair whose message has come twice ends like any other.
    check();
  }

  /** Returns the connections that have come and gone. */
  long connections() {
    return 2 * ended.sum();
  }

  /** Returns how many messages have arrived since the beginning, each of which was right. */
  long checked() {
    return 2 * ended.sum();
  }

  /** Returns how long the pairs since the last call were there, in nanoseconds. */
  Histogram latencies() {
    Histogram[] before = new Histogram[1];
    lane.run(
        () -> {
          before[0] = latencies;
          latencies = Traffic.histogram();
        });
    return before[0];
  }

  /**
   * @throws Fault if one pair did not get what it should
   */
  void check() {
    if (fault.get() != null) {
      throw new Fault(fault.get());
    }
  }

  private void next() {
    if (over || fault.get() != null) {
      return;
    }
    begun.increment();
    int number = begun.intValue() & 0xFFFFFF;
    long begin = System.nanoTime();
    var unused =
        new Pair(number)
            .visit()
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    fault.compareAndSet(null, "pair " + number + ": " + Reason.of(failure));
                    return;
                  }
                  latencies.recordValue(System.nanoTime() - begin);
                  ended.increment();
                  lane.loop().execute(this::next);
                });
  }

  private final class Pair {
    private final int number;
    private final Guest owner = new Guest(0);
    private final Guest guest = new Guest(1);
    private String room = "";

    Pair(int number) {
      this.number = number;
    }

    CompletableFuture<?> visit() {
      return owner
          .open()
          .thenCompose(opened -> ResoluteDialect.create(owner.session))
          .thenCompose(
              made -> {
                room = made.path("room_id").asText();
                owner.user = made.path("owner_id").asText();
                return ResoluteDialect.issue(owner.session, room, ResoluteDialect.Key.ONE_TIME);
              })
          .thenCompose(key -> guest.open().thenCompose(opened -> join(key)))
          .thenCompose(joined -> owner.say(guest))
          .thenCompose(heard -> guest.say(owner))
          .thenCompose(heard -> guest.leave())
          .thenCompose(left -> owner.leave());
    }

    private CompletableFuture<?> join(String key) {
      return ResoluteDialect.join(guest.session, room, ResoluteDialect.Key.ONE_TIME, key)
          .thenAccept(user -> guest.user = user);
    }

    private final class Guest implements Session.Listener {
      private final int index;
      private final CompletableFuture<Void> heard = new CompletableFuture<>();
      private Session session;
      private String user = "";
      private @Nullable Guest awaited;

      Guest(int index) {
        this.index = index;
      }

      CompletableFuture<Session> open() {
        return Session.open(lane, target.uri(), this)
            .thenApply(opened -> session = opened)
            .exceptionally(
                failure -> {
                  throw new Fault(Reason.ofNone(target.uri(), failure));
                });
      }

      CompletableFuture<?> say(Guest to) {
        byte[] text = new byte[size];
        new Content(number, index, to.index, 0, System.nanoTime()).write(text);
        byte[][] frame = ResoluteDialect.frame(room, to.user);
        to.awaited = this;
        ResoluteDialect.send(session.socket(), frame, text);
        session.socket().flush();
        return to.heard;
      }

      CompletableFuture<?> leave() {
        return session.close();
      }

      @Override
      public void onMessage(String inRoom, String from, byte[] bytes, int offset, int length) {
        try {
          Content content = Content.read(bytes, offset, length);
          String wrong =
              inRoom.equals(room)
                  ? content.faultAt(number, index, length, size)
                  : "a message of another room has arrived";
          if (!wrong.isEmpty()) {
            onFailure(wrong);
          } else if (awaited == null || !from.equals(awaited.user)) {
            onFailure("a message has arrived as another member's");
          } else if (heard.isDone()) {
            onFailure("a message has arrived twice, or late");
          } else {
            heard.complete(null);
          }
        } catch (Content.DamagedException e) {
          onFailure("a message has arrived damaged: " + e.getMessage());
        }
      }

      @Override
      public void onSent(String id, int recipients) {
        onFailure("a message without an id was answered");
      }

      @Override
      public void onFailure(String what) {
        fault.compareAndSet(null, "pair " + number + ": " + what);
        heard.completeExceptionally(new Fault(what));
      }
    }
  }

  @Override
  public void close() {
    lane.close();
  }
}
