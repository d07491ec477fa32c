package io.resolute.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.config.RateConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final RateConfig TWO_A_SECOND = new RateConfig(2, 3);

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000, Long.MIN_VALUE})
  void thereIsABurstAndThenTheRate(long start) {
    TokenBucket bucket = new TokenBucket(TWO_A_SECOND, start);
    for (int i = 0; i < 3; i++) {
      assertThat(bucket.tryTake(1, start)).isTrue();
    }
    assertThat(bucket.tryTake(1, start)).isFalse();
    assertThat(bucket.missing(1, start)).isEqualTo(SECOND / 2);
    assertThat(bucket.tryTake(1, start + SECOND / 2 - 1)).isFalse();
    assertThat(bucket.tryTake(1, start + SECOND / 2)).isTrue();
    assertThat(bucket.tryTake(1, start + SECOND / 2)).isFalse();
  }

  @Test
  void whatIsNotUsedIsKeptUpToTheBurst() {
    TokenBucket bucket = new TokenBucket(TWO_A_SECOND, 0);
    for (int i = 0; i < 3; i++) {
      assertThat(bucket.tryTake(1, 100 * SECOND)).isTrue();
    }
    assertThat(bucket.tryTake(1, 100 * SECOND)).isFalse();
  }

  @Test
  void itIsFullAgainOnceEverythingHasComeBack() {
    TokenBucket bucket = new TokenBucket(TWO_A_SECOND, 0);
    assertThat(bucket.isFull(0)).isTrue();
    bucket.take(1, 0);
    assertThat(bucket.isFull(SECOND / 2 - 1)).isFalse();
    assertThat(bucket.isFull(SECOND / 2)).isTrue();
  }

  @Test
  void whatIsOwedIsPaidOffBeforeThereIsMore() {
    TokenBucket bucket = new TokenBucket(TWO_A_SECOND, 0);
    bucket.take(5, 0);
    assertThat(bucket.missing(0, 0)).isEqualTo(SECOND);
    assertThat(bucket.missing(0, SECOND)).isZero();
    assertThat(bucket.tryTake(1, SECOND)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000_000, Long.MIN_VALUE})
  void sinceTheLastOfItIsPaidOffNothingIsOwed(long start) {
    TokenBucket bucket = new TokenBucket(TWO_A_SECOND, start);
    bucket.take(5, start);
    assertThat(bucket.paidFor(start)).isZero();
    assertThat(bucket.paidFor(start + SECOND)).isZero();
    assertThat(bucket.paidFor(start + SECOND + 1)).isEqualTo(1);
    assertThat(bucket.paidFor(start + 10 * SECOND)).isEqualTo(9 * SECOND);
  }

  @Test
  void howeverMuchIsOwedAllOfItIs() {
    TokenBucket bucket = new TokenBucket(TWO_A_SECOND, 0);
    bucket.take(3, 0);
    bucket.take(1_000_000, 0);
    assertThat(bucket.missing(0, 0)).isEqualTo(500_000 * SECOND);
  }

  @Test
  void moreThanEverComesBackIsOwedForEver() {
    long start = Long.MAX_VALUE - SECOND;
    TokenBucket bucket = new TokenBucket(TWO_A_SECOND, start);
    for (int i = 0; i < 10; i++) {
      bucket.take(Long.MAX_VALUE, start);
    }
    assertThat(Duration.ofNanos(bucket.missing(0, start))).isGreaterThan(Duration.ofDays(3650));
    assertThat(bucket.tryTake(1, start + 2 * SECOND)).isFalse();
  }

  @Test
  void withoutALimitNothingIsEverMissing() {
    TokenBucket bucket = new TokenBucket(RateConfig.unlimited(), 0);
    assertThat(bucket.tryTake(Long.MAX_VALUE, 0)).isTrue();
    bucket.take(Long.MAX_VALUE, 0);
    assertThat(bucket.missing(1, 0)).isZero();
    assertThat(bucket.isFull(0)).isTrue();
  }
}
