package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  // System.nanoTime may overflow.
  private static final long BEGIN = Long.sum(Long.MAX_VALUE, -10);

  private static final long SECOND = 1_000_000_000;

  private final Pace pace = new Pace(BEGIN, 1000);

  @Test
  void theFirstIsDueAtOnce() {
    assertThat(pace.untilDue(BEGIN)).isZero();
    assertThat(pace.take()).isEqualTo(BEGIN);
  }

  @Test
  void theNextIsDueAfterAnInterval() {
    pace.take();
    assertThat(pace.untilDue(BEGIN + 400_000)).isEqualTo(600_000);
    assertThat(pace.untilDue(BEGIN + 1_000_000)).isZero();
  }

  @Test
  void thoseThatAreHeldUpBeginWhenTheyWereToBeSent() {
    long late = BEGIN + 3_500_000;
    for (int i = 0; i <= 3; i++) {
      assertThat(pace.untilDue(late)).isNotPositive();
      assertThat(pace.take()).isEqualTo(BEGIN + i * 1_000_000L);
    }
    assertThat(pace.untilDue(late)).isEqualTo(500_000);
  }

  @Test
  void thoseThatWereDueBeforeAMomentAreBehindUntilTheyAreTaken() {
    assertThat(pace.behind(BEGIN)).isZero();
    assertThat(pace.behind(BEGIN + 2_000_000)).isEqualTo(2);
    assertThat(pace.behind(BEGIN + 2_500_000)).isEqualTo(3);
    pace.take();
    assertThat(pace.behind(BEGIN + 2_500_000)).isEqualTo(2);
    assertThat(pace.behind(BEGIN)).isZero();
  }

  @Test
  void anIntervalOfBrokenNanosecondsDoesNotAddUp() {
    Pace thirds = new Pace(BEGIN, 3);
    for (int i = 0; i < 3_000_000; i++) {
      thirds.take();
    }
    assertThat(thirds.taken()).isEqualTo(3_000_000);
    assertThat(thirds.take() - BEGIN - 1_000_000 * SECOND).isBetween(-1L, 1L);
  }
}
