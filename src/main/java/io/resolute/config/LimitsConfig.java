package io.resolute.config;

/**
 * What is bounded, and at what.
 *
 * @param message bytes of one message from a client
 * @param name bytes of a room's name and of other texts for people
 * @param username bytes of what a member is called
 * @param publicKey bytes of a member's PEM blocks
 * @param sendQueue bytes that may wait for a connection that reads slowly
 * @param connections open at once
 * @param rooms open at once
 * @param roomsPerConnection that one connection is in at once
 * @param membersPerRoom in a room at once
 * @param oneTimeKeysPerRoom issued and not yet used, a room
 */
public record LimitsConfig(
    int message,
    int name,
    int username,
    int publicKey,
    int sendQueue,
    int connections,
    int rooms,
    int roomsPerConnection,
    int membersPerRoom,
    int oneTimeKeysPerRoom) {

  static LimitsConfig read(Section section) throws ConfigException {
    LimitsConfig limits =
        new LimitsConfig(
            section.size("message", "1KiB", "16MiB", "64KiB"),
            section.size("name", "16B", "64KiB", "1KiB"),
            section.size("username", "16B", "64KiB", "1KiB"),
            section.size("publicKey", "1KiB", "64KiB", "4KiB"),
            section.size("sendQueue", "64KiB", "256MiB", "1MiB"),
            section.count("connections", 1, 10_000_000, 10_000),
            section.count("rooms", 1, 10_000_000, 10_000),
            section.count("roomsPerConnection", 1, 10_000, 16),
            section.count("membersPerRoom", 2, 100_000, 100),
            section.count("oneTimeKeysPerRoom", 1, 100_000, 1000));
    section.end();
    // A message, the sender's name around it and the escapes that JSON needs must fit.
    if (limits.sendQueue < 2L * limits.message) {
      throw ConfigException.at(
          section.path("sendQueue"), "expected at least twice " + section.path("message"));
    }
    long fullRoom = (long) limits.membersPerRoom * (limits.username + limits.publicKey);
    if (limits.sendQueue < fullRoom) {
      throw ConfigException.at(
          section.path("sendQueue"),
          "expected at least membersPerRoom × (username + publicKey), which is "
              + Quantity.format(fullRoom));
    }
    return limits;
  }
}
