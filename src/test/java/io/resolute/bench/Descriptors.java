package io.resolute.bench;

import java.time.Duration;

/**
 * The file descriptors that connections take, of which a process may have so many. To run out of
 * them half-way looks like a server that does not answer: so it is said before.
 */
final class Descriptors {
  // What a process may yet open besides: classes, event loops, the pipes of other servers.
  private static final int OTHERS = 100;

  // A server may still be closing connections of before.
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private Descriptors() {}

  /**
   * Checks that the bench and the server may have so many connections.
   *
   * @throws Fault if one of them may not
   */
  static void suffice(Target target, long connections) {
    Reason.prepare(); // For what comes if they do not suffice after all.
    suffice(connections);
    if (target.meter() != null) {
      suffice("the server", target.meter(), connections);
    }
  }

  /**
   * Checks that the bench may have so many connections, with all servers together.
   *
   * @throws Fault if it may not
   */
  static void suffice(long connections) {
    if (Meter.works()) {
      suffice("the bench", new Meter(ProcessHandle.current().pid()), connections);
    }
  }

  private static void suffice(String who, Meter meter, long connections) {
    long most = meter.mostDescriptors();
    if (!Watch.pauseUntil(() -> connections + meter.descriptors() <= most - OTHERS, CLOSING)) {
      throw new Fault(
          String.format(
              "%s may have %d file descriptors and has %d open, which does not leave enough for %d"
                  + " connections: raise its `ulimit -n`",
              who, most, meter.descriptors(), connections));
    }
  }
}
