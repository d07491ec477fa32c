package io.resolute.bench;

import org.jspecify.annotations.Nullable;

/**
 * What the meters say at one moment.
 *
 * @param nanos of {@link System#nanoTime}
 * @param heard deliveries since the beginning
 * @param cpuSeconds of the server's process; NaN if it is not to be had
 * @param benchCpuSeconds of this one
 */
record Reading(long nanos, long heard, double cpuSeconds, double benchCpuSeconds) {
  static Reading of(@Nullable Meter server, long heard) {
    double cpu = server == null ? Double.NaN : server.cpuSeconds();
    double bench =
        Meter.works() ? new Meter(ProcessHandle.current().pid()).cpuSeconds() : Double.NaN;
    return new Reading(System.nanoTime(), heard, cpu, bench);
  }
}
