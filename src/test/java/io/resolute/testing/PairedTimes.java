package io.resolute.testing;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Times of two things, taken in pairs, and the signed-rank test of Wilcoxon (1945) on what lies
 * between those of each pair. It takes the pairs to be in a random order each, and nothing else:
 * load that comes and goes is on both sides, and a few very late ones count for no more than their
 * rank.
 */
public final class PairedTimes {
  private static final int RESAMPLES = 200;
  private static final int HALVINGS = 10;

  private final double[] differences;

  /** Takes the times of both, in nanoseconds, pair by pair. */
  public PairedTimes(long[] first, long[] second) {
    differences = IntStream.range(0, first.length).mapToDouble(i -> second[i] - first[i]).toArray();
  }

  /**
   * Returns by how many standard deviations the second are later than the first: distributed as
   * N(0, 1) if they take the same time.
   */
  public double deviations() {
    return deviations(differences);
  }

  /**
   * Returns by how many standard deviations the one is later than the other and {@code tolerated}
   * nanoseconds, whichever is the later.
   */
  public double deviationsBeyond(double tolerated) {
    return Math.max(later(1, tolerated), later(-1, tolerated));
  }

  private double later(int sign, double tolerated) {
    return deviations(Arrays.stream(differences).map(d -> sign * d - tolerated).toArray());
  }

  private static double deviations(double[] differences) {
    Integer[] bySize =
        IntStream.range(0, differences.length)
            .filter(i -> differences[i] != 0)
            .boxed()
            .toArray(Integer[]::new);
    Arrays.sort(
        bySize, (a, b) -> Double.compare(Math.abs(differences[a]), Math.abs(differences[b])));
    double sum = 0;
    double squares = 0;
    int from = 0;
    while (from < bySize.length) {
      int to = from + 1;
      double size = Math.abs(differences[bySize[from]]);
      while (to < bySize.length && Math.abs(differences[bySize[to]]) == size) {
        to++;
      }
      double rank = (from + 1 + to) / 2.0; // Equal ones share the mean of their ranks.
      for (int i = from; i < to; i++) {
        sum += Math.signum(differences[bySize[i]]) * rank;
        squares += rank * rank;
      }
      from = to;
    }
    return squares == 0 ? 0 : sum / Math.sqrt(squares);
  }

  /** Returns the median of what the second took longer, in nanoseconds. */
  public double median() {
    double[] sorted = differences.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Returns the median size of what lies between those of a pair, in nanoseconds. */
  public double spread() {
    double[] sizes = Arrays.stream(differences).map(Math::abs).sorted().toArray();
    return sizes[sizes.length / 2];
  }

  /**
   * Returns the smallest delay, in nanoseconds, that would be found in nine of ten series such as
   * this one: found by adding delays to resamples of it whose differences have a random sign.
   *
   * @param tolerated nanoseconds that are not looked for
   * @param limit how many deviations beyond them count as found
   */
  public double smallestFound(double tolerated, double limit, Random random) {
    double low = 0;
    double high = 2 * spread();
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (power(middle, limit, random) < 0.9) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high + tolerated;
  }

  private double power(double delay, double limit, Random random) {
    int found = 0;
    for (int i = 0; i < RESAMPLES; i++) {
      double[] resample = new double[differences.length];
      for (int j = 0; j < resample.length; j++) {
        double one = differences[random.nextInt(differences.length)];
        resample[j] = (random.nextBoolean() ? one : -one) + delay;
      }
      found += deviations(resample) > limit ? 1 : 0;
    }
    return (double) found / RESAMPLES;
  }
}
