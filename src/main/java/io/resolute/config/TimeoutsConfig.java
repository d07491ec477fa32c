package io.resolute.config;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param handshake for TLS, and again from there to the WebSocket
 * @param ping of silence, after which the server asks whether the client is there
 * @param idle of silence, after which the client is taken for dead
 * @param write for a client to take what is sent to it
 * @param close for the client to answer a close frame
 * @param room that a room may live
 * @param shutdown from the signal to the end of the process
 */
public record TimeoutsConfig(
    Duration handshake,
    Duration ping,
    Duration idle,
    Duration write,
    Duration close,
    Duration room,
    Duration shutdown) {

  static TimeoutsConfig read(Section section) throws ConfigException {
    TimeoutsConfig timeouts =
        new TimeoutsConfig(
            section.duration("handshake", "100ms", "5m", "10s"),
            section.duration("ping", "100ms", "1h", "20s"),
            section.duration("idle", "200ms", "2h", "60s"),
            section.duration("write", "100ms", "10m", "30s"),
            section.duration("close", "100ms", "1m", "5s"),
            section.duration("room", "1s", "365d", "1d"),
            section.duration("shutdown", "100ms", "5m", "10s"));
    section.end();
    if (timeouts.idle.compareTo(timeouts.ping.multipliedBy(2)) < 0) {
      throw ConfigException.at(
          section.path("idle"), "expected at least twice " + section.path("ping"));
    }
    if (timeouts.shutdown.compareTo(timeouts.close) <= 0) {
      throw ConfigException.at(
          section.path("shutdown"), "expected more than " + section.path("close"));
    }
    return timeouts;
  }
}
