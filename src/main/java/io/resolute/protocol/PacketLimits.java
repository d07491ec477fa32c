package io.resolute.protocol;

/**
 * How long the texts in a request may be, each in bytes of UTF-8 as JSON spells it.
 *
 * @param name a room's name, {@code client_room_id}, and the {@code client} of {@code hello}
 * @param username what a member is called
 * @param publicKey the PEM blocks of a member
 */
public record PacketLimits(int name, int username, int publicKey) {}
