package io.resolute.bench;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * What the rooms of a lane share while they are under load: when to go on, and what was seen. The
 * counters may be read by any thread.
 */
final class Traffic {
  private static final int DIGITS = 3;
  private static final long LONGEST_LATENCY = 3_600_000_000_000L;

  private final Lane lane;
  private final int size;
  private final AtomicReference<String> fault;
  private final LongAdder heard = new LongAdder();
  private final LongAdder awaited = new LongAdder();
  private final byte[] text;
  private Histogram latencies = histogram();
  private boolean flowing;
  private int window;
  private volatile long from = Long.MAX_VALUE;
  private volatile long until = Long.MAX_VALUE;

  /**
   * Nothing flows yet.
   *
   * @param size the bytes of a content
   * @param fault what was wrong first, of all lanes
   */
  Traffic(Lane lane, int size, AtomicReference<String> fault) {
    this.lane = lane;
    this.size = size;
    this.fault = fault;
    text = new byte[size];
  }

  static Histogram histogram() {
    Histogram histogram = new Histogram(LONGEST_LATENCY, DIGITS);
    histogram.setAutoResize(true);
    return histogram;
  }

  Lane lane() {
    return lane;
  }

  /** Returns the bytes of a content. */
  int size() {
    return size;
  }

  /** Returns where to write the next content: one array for all. */
  byte[] text() {
    return text;
  }

  /**
   * Messages may be sent from here on.
   *
   * @param window how many each sender has under way at once; 0 if they are sent at a rate
   */
  void begin(int window) {
    this.window = window;
    latencies = histogram();
    from = Long.MAX_VALUE;
    until = Long.MAX_VALUE;
    flowing = true;
  }

  /** Nothing more is to be sent. */
  void end() {
    flowing = false;
  }

  boolean isFlowing() {
    return flowing && !hasFailed();
  }

  boolean hasFailed() {
    return fault.get() != null;
  }

  int window() {
    return window;
  }

  /** Latencies of what is sent from this moment on count. */
  void measureFrom(long nanos) {
    from = nanos;
  }

  /** Latencies of what is sent from this moment on do not count. */
  void measureUntil(long nanos) {
    until = nanos;
  }

  /** Returns until when what is sent, or was to be sent, counts. */
  long until() {
    return until;
  }

  /** So many copies of a message are to come. */
  void sent(int copies) {
    awaited.add(copies);
  }

  /** An answer is to come. */
  void asked() {
    awaited.increment();
  }

  /** It has come. */
  void answered() {
    awaited.decrement();
  }

  void heard(Content content) {
    heard.increment();
    awaited.decrement();
    if (content.nanos() - from >= 0 && content.nanos() - until < 0) {
      latencies.recordValue(Math.max(0, System.nanoTime() - content.nanos()));
    }
  }

  void failed(String what) {
    fault.compareAndSet(null, what);
  }

  long heard() {
    return heard.sum();
  }

  /** Returns how many copies and answers are to come that have not arrived. */
  long awaited() {
    return awaited.sum();
  }

  /** Returns the latencies that counted, in nanoseconds; to be called on the lane. */
  Histogram latencies() {
    return latencies;
  }
}
