package io.resolute.bench;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A server that is measured.
 *
 * @param meter of its process; null if it is not on this machine
 */
record Target(String name, URI uri, Dialect dialect, Tls tls, @Nullable Meter meter) {
  /** Returns the same server, spoken to in another way. */
  Target speaking(Dialect other) {
    return new Target(name, uri, other, tls, meter);
  }

  /** Returns the same server by another name. */
  Target named(String other) {
    return new Target(other, uri, dialect, tls, meter);
  }
}
