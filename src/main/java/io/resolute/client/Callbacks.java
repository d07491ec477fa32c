package io.resolute.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls the application's listeners, one after the other, on a thread of its own: what they do
 * there holds up neither the answers to requests nor the answers to the server's pings.
 */
final class Callbacks {
  // What is read on top of the limit, because a listener may wait for an answer behind it.
  private static final long HOPELESS = 16;

  private static final Logger LOG = System.getLogger(Callbacks.class.getName());

  private final ExecutorService thread;
  private final AtomicLong waiting = new AtomicLong();
  private final long limit;
  private final Runnable drained;

  /**
   * Makes the thread.
   *
   * @param limit from how many waiting bytes on {@link #isFull}
   * @param drained called on the listeners' thread whenever half of {@code limit} is reached from
   *     above
   */
  Callbacks(long limit, Runnable drained) {
    this.limit = limit;
    this.drained = drained;
    this.thread = Executors.newSingleThreadExecutor(task -> daemon(task, "resolute-listeners"));
  }

  /** Returns whether so much waits that no more should be read from the server. */
  boolean isFull() {
    return waiting.get() >= limit;
  }

  /** Returns whether so much waits that the connection is not worth its memory any more. */
  boolean isHopeless() {
    return waiting.get() >= HOPELESS * limit;
  }

  /**
   * Queues a call.
   *
   * @param bytes roughly what it keeps in memory
   */
  void run(long bytes, Runnable callback) {
    waiting.addAndGet(bytes);
    thread.execute(
        () -> {
          try {
            callback.run();
          } catch (RuntimeException | Error thrown) {
            LOG.log(Level.WARNING, "a listener threw", thrown);
          } finally {
            release(bytes);
          }
        });
  }

  /** Lets the thread end after the calls that are queued. Nothing may be queued from here on. */
  void shutdown() {
    thread.shutdown();
  }

  private void release(long bytes) {
    long left = waiting.addAndGet(-bytes);
    if (left <= limit / 2 && left + bytes > limit / 2) {
      drained.run();
    }
  }

  /** Returns a thread that does not keep the application alive. */
  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
