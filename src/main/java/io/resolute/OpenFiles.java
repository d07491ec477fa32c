package io.resolute;

import com.sun.management.UnixOperatingSystemMXBean;
import io.resolute.config.ServerConfig;
import io.resolute.limits.Places;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * How many files the process may have open, each socket being one. Where it may not have more,
 * Vert.x and Netty go on without a word, and those who knock wait.
 */
final class OpenFiles {
  // The jar, native libraries, event loops, and sockets that are accepted to be closed.
  private static final int BESIDE_SOCKETS = 256;

  private OpenFiles() {}

  /** Returns how many the process may have; more than it will ever need where nobody says. */
  static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /**
   * Returns how many clients can make the server need: each connection, each place in the TLS
   * handshake, and on each gateway each place before the WebSocket handshake.
   */
  static long needed(ServerConfig config) {
    long connections = config.limits().connections();
    long places = Places.atMost(config.limits().connections());
    return connections + places * (1 + config.instances().gateway()) + BESIDE_SOCKETS;
  }

  /** Returns what to tell the operator if {@code limit} is not enough. */
  static Optional<String> shortage(ServerConfig config, long limit) {
    long needed = needed(config);
    return limit >= needed
        ? Optional.empty()
        : Optional.of(
            "The process may have "
                + limit
                + " files open, and limits.connections, with those who are not let in yet, can take "
                + needed
                + ": raise that limit (ulimit -n, LimitNOFILE=), or lower limits.connections");
  }
}
