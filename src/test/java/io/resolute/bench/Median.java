package io.resolute.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Of figures that were seen several times. */
final class Median {
  private Median() {}

  /** Returns the middle one, or the mean of the two in the middle; NaN of none. */
  static <T> double of(List<T> seen, ToDoubleFunction<T> figure) {
    double[] sorted = seen.stream().mapToDouble(figure).sorted().toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  static <T> double least(List<T> seen, ToDoubleFunction<T> figure) {
    return seen.stream().mapToDouble(figure).min().orElse(Double.NaN);
  }

  static <T> double most(List<T> seen, ToDoubleFunction<T> figure) {
    return seen.stream().mapToDouble(figure).max().orElse(Double.NaN);
  }
}
