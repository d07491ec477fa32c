package io.resolute.limits;

import io.resolute.config.RateConfig;
import java.time.Duration;

/**
 * Tokens that come steadily and are used up: the generic cell rate algorithm (ITU-T I.371), which
 * needs to know one time alone, when the bucket will be full. Times are those of {@link
 * System#nanoTime}. Not for use by several threads at once.
 */
final class TokenBucket {
  private static final double SECOND = 1e9;
  private static final long FOREVER = Long.MAX_VALUE / 4; // Some of which make no overflow.

  private final double nanosPerToken;
  private final long burstNanos;
  private long full;

  /** Makes a full bucket. */
  TokenBucket(RateConfig rate, long now) {
    this.nanosPerToken = SECOND / rate.perSecond();
    this.burstNanos = nanos(rate.burst());
    this.full = now;
  }

  /** Takes tokens if they are there, and returns whether they were. */
  boolean tryTake(long tokens, long now) {
    if (missing(tokens, now) > 0) {
      return false;
    }
    take(tokens, now);
    return true;
  }

  /** Takes a token if it is there, and returns how long it is too early; zero if it was taken. */
  Duration takeOrWait(long now) {
    return tryTake(1, now) ? Duration.ZERO : Duration.ofNanos(missing(1, now));
  }

  /** Takes tokens whether they are there or not: what is missing is owed. */
  void take(long tokens, long now) {
    full = now + Math.min(after(now) - now + nanos(tokens), FOREVER);
  }

  /** Returns the nanoseconds until that many tokens are there; 0 if they are. */
  long missing(long tokens, long now) {
    return Math.max(0, after(now) + nanos(tokens) - burstNanos - now);
  }

  /** Returns for how many nanoseconds nothing has been owed; 0 while something is. */
  long paidFor(long now) {
    return Math.max(0, now - full + burstNanos);
  }

  /** Returns whether nothing is missing. */
  boolean isFull(long now) {
    return full - now <= 0;
  }

  private long after(long now) {
    return full - now > 0 ? full : now;
  }

  private long nanos(long tokens) {
    return Math.min((long) (tokens * nanosPerToken), FOREVER);
  }
}
