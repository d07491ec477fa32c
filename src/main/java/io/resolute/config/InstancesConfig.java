package io.resolute.config;

/**
 * How the work is spread over the cores.
 *
 * @param gateway event loops that serve connections
 * @param rooms event loops that rooms and their keys are spread over
 */
public record InstancesConfig(int gateway, int rooms) {
  // More than any machine has of use: each is an event loop.
  private static final int MAX = 64;

  static InstancesConfig read(Section section) throws ConfigException {
    int cores = Math.min(MAX, Runtime.getRuntime().availableProcessors());
    int gateway = section.count("gateway", 1, MAX, cores, "one a core");
    int rooms = section.count("rooms", 1, MAX, cores, "one a core");
    section.end();
    return new InstancesConfig(gateway, rooms);
  }
}
