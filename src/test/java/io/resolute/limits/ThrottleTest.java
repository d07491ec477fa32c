package io.resolute.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.config.RateConfig;
import io.resolute.config.RatesConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private long now;

  private final Throttle throttle =
      new Throttle(
          new RatesConfig(
              RateConfig.unlimited(),
              new RateConfig(10, 2),
              new RateConfig(1000, 4000),
              RateConfig.unlimited(),
              RateConfig.unlimited()),
          () -> now);

  @Test
  void aBurstIsReadAtOnce() {
    throttle.spend(2, 4000);
    assertThat(throttle.delay()).isZero();
  }

  @Test
  void whoSendsTooManyMessagesIsReadLater() {
    throttle.spend(3, 0);
    assertThat(throttle.delay()).isEqualTo(Duration.ofMillis(100));
    now += Duration.ofMillis(100).toNanos();
    assertThat(throttle.delay()).isZero();
  }

  @Test
  void whoSendsTooMuchIsReadLater() {
    throttle.spend(0, 4500);
    assertThat(throttle.delay()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void whatWasHandedToManyIsPaidForInFull() {
    throttle.spend(0, 4000 + 60_000);
    assertThat(throttle.delay()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void theLongerOfBothDelaysCounts() {
    throttle.spend(3, 4500);
    assertThat(throttle.delay()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void allOfItIsPaidForOnceTheLongerDelayIsOver() {
    throttle.spend(3, 4500);
    now += Duration.ofMillis(500).toNanos();
    assertThat(throttle.paidFor()).isZero();
    now += Duration.ofMillis(300).toNanos();
    assertThat(throttle.paidFor()).isEqualTo(Duration.ofMillis(300));
  }
}
