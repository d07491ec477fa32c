package io.resolute.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The statistic that the tests of timing rest on. */
class PairedTimesTest {
  private static final int PAIRS = 1000;

  private final Random random = new Random(1);

  private long[] times(long delay) {
    // Most near one value, and some very late.
    return LongStream.generate(
            () -> delay + Math.round(1000 * random.nextGaussian() + 1e4 / random.nextDouble()))
        .limit(PAIRS)
        .toArray();
  }

  @Test
  void itIsTheSumOfSignedRanksOverItsDeviation() {
    PairedTimes times = new PairedTimes(new long[] {0, 0, 0, 5}, new long[] {3, -1, 2, 5});
    // Ranks 3, -1, 2; the pair without a difference is left out.
    assertThat(times.deviations()).isCloseTo((3 - 1 + 2) / Math.sqrt(14), within(1e-12));
  }

  @Test
  void equalDifferencesShareARank() {
    PairedTimes times = new PairedTimes(new long[] {0, 0, 0}, new long[] {1, -1, 2});
    assertThat(times.deviations()).isCloseTo(3 / Math.sqrt(1.5 * 1.5 * 2 + 9), within(1e-12));
  }

  @Test
  void whatTakesTheSameTimeDeviatesAsChanceDoes() {
    int beyondTwo = 0;
    for (int i = 0; i < 200; i++) {
      double deviations = new PairedTimes(times(0), times(0)).deviations();
      assertThat(Math.abs(deviations)).isLessThan(4);
      beyondTwo += Math.abs(deviations) > 2 ? 1 : 0;
    }
    assertThat(beyondTwo).isBetween(1, 25);
  }

  @Test
  void whatIsToleratedDoesNotDeviateOnEitherSide() {
    long[] some = {0, 0, 0, 0};
    long[] later = {10, 11, 12, 13};
    assertThat(new PairedTimes(some, later).deviationsBeyond(20)).isNegative();
    assertThat(new PairedTimes(later, some).deviationsBeyond(20)).isNegative();
    assertThat(new PairedTimes(some, later).deviationsBeyond(9)).isPositive();
    assertThat(new PairedTimes(later, some).deviationsBeyond(9)).isPositive();
  }

  @Test
  void whatIsNotDifferentAtAllDoesNotDeviate() {
    assertThat(new PairedTimes(new long[] {7, 8}, new long[] {7, 8}).deviations()).isZero();
  }

  @Test
  void theSmallestDelayThatIsFoundIsFoundNineTimesInTen() {
    double smallest = new PairedTimes(times(0), times(0)).smallestFound(300, 4, random);
    int found = 0;
    for (int i = 0; i < 100; i++) {
      PairedTimes delayed = new PairedTimes(times(0), times(Math.round(smallest)));
      found += delayed.deviationsBeyond(300) > 4 ? 1 : 0;
    }
    assertThat(found).isBetween(75, 99);
  }
}
