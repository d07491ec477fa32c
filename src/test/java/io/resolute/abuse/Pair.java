package io.resolute.abuse;

import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Two people in a room of their own who talk without a pause, and want every word to arrive. */
final class Pair implements AutoCloseable {
  private static final int PAUSE_MILLIS = 20;
  private static final int DIGITS = 3;

  private final RawClient owner;
  private final RawClient guest;
  private final Room room;
  private final Recorder latencies = new Recorder(DIGITS);
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final java.util.concurrent.Future<?> talk;
  private long words;

  /** Two who begin to talk on the server at {@code port}. */
  Pair(int port) {
    owner = RawClient.connect(port);
    guest = RawClient.connect(port);
    room = Room.create(owner);
    room.admit(guest);
    talk = thread.scheduleWithFixedDelay(this::exchange, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void exchange() {
    say(owner, guest);
    say(guest, owner);
  }

  private void say(RawClient from, RawClient to) {
    String word = "word " + words++;
    long sent = System.nanoTime();
    from.send("send-message", room.toAll(word));
    String heard = to.next("send-message").get("content").asText();
    latencies.recordValue(System.nanoTime() - sent);
    if (!heard.equals(word)) {
      throw new AssertionError("said " + word + " but heard " + heard);
    }
  }

  /** Waits until so many more words have arrived. */
  void await(int more) {
    try {
      for (int i = 0; i < more; i += 2) {
        thread.submit(this::exchange).get();
      }
      if (talk.isDone()) {
        talk.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("the pair was cut off", e);
    }
  }

  /** Returns how many nanoseconds each word has taken since this was asked for last. */
  Histogram latencies() {
    return latencies.getIntervalHistogram();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    owner.abort();
    guest.abort();
  }
}
