package io.resolute.bench;

import org.HdrHistogram.Histogram;

/**
 * What a run has shown.
 *
 * @param heard deliveries: a message to many is one for each of them
 * @param cpuSeconds of the server's process; NaN if it is not to be had
 * @param benchCpuSeconds of the bench's process, likewise
 * @param latencies of the deliveries, in nanoseconds
 */
record Measured(
    double seconds, long heard, double cpuSeconds, double benchCpuSeconds, Histogram latencies) {
  private static final double SECOND = 1e9;
  private static final double MICROS = 1e6;

  static Measured between(Reading first, Reading last, Histogram latencies) {
    return new Measured(
        (last.nanos() - first.nanos()) / SECOND,
        last.heard() - first.heard(),
        last.cpuSeconds() - first.cpuSeconds(),
        last.benchCpuSeconds() - first.benchCpuSeconds(),
        latencies);
  }

  /** Returns the deliveries a second. */
  double rate() {
    return heard / seconds;
  }

  /** Returns the microseconds of CPU that the server has used for each delivery. */
  double cpuMicros() {
    return cpuSeconds * MICROS / heard;
  }

  /** Returns how many cores the server has used. */
  double serverBusy() {
    return cpuSeconds / seconds;
  }

  /** Returns how many cores the bench has used: as many as it has, and it bounds what is seen. */
  double benchBusy() {
    return benchCpuSeconds / seconds;
  }

  /** Returns a percentile of the latencies in milliseconds. */
  double latencyMillis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / MICROS;
  }
}
