package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {
  private static double median(Double... seen) {
    return Median.of(List.of(seen), Double::doubleValue);
  }

  @Test
  void ofAnOddNumberIsTheOneInTheMiddle() {
    assertThat(median(9.0, 1.0, 2.0)).isEqualTo(2.0);
  }

  @Test
  void ofAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(median(9.0, 1.0, 2.0, 4.0)).isEqualTo(3.0);
  }

  @Test
  void ofOneIsThatOne() {
    assertThat(median(5.0)).isEqualTo(5.0);
  }

  @Test
  void ofNoneIsNoNumber() {
    List<Double> none = List.of();
    assertThat(Median.of(none, Double::doubleValue)).isNaN();
    assertThat(Median.least(none, Double::doubleValue)).isNaN();
    assertThat(Median.most(none, Double::doubleValue)).isNaN();
  }

  @Test
  void leastAndMostAreTheEnds() {
    List<Double> seen = List.of(4.0, 1.0, 9.0);
    assertThat(Median.least(seen, Double::doubleValue)).isEqualTo(1.0);
    assertThat(Median.most(seen, Double::doubleValue)).isEqualTo(9.0);
  }
}
