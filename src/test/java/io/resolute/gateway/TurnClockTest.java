package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class TurnClockTest {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private long time;
  private final TurnClock clock = new TurnClock(tasks::add, () -> time);

  @Test
  void standsStillInOneTurnAndGoesOnInTheNext() {
    time = 5;
    assertThat(clock.getAsLong()).isEqualTo(5);
    time = 6;
    assertThat(clock.getAsLong()).isEqualTo(5);
    tasks.remove().run();
    assertThat(clock.getAsLong()).isEqualTo(6);
    assertThat(tasks).hasSize(1);
  }
}
