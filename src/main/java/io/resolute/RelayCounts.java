package io.resolute;

/**
 * How much of everything there is in a relay.
 *
 * @param connections clients that are connected
 * @param rooms rooms that are open
 * @param roomsWithKeys rooms about whose join keys anything is kept
 */
public record RelayCounts(int connections, int rooms, int roomsWithKeys) {}
