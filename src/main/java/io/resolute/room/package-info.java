/**
 * Rooms: who is in them and what they say. {@link io.resolute.room.Room} and {@link
 * io.resolute.room.Rooms} are plain objects that answer with what is to be delivered; {@link
 * io.resolute.room.RoomVerticle} puts them on the event bus.
 */
@NullMarked
package io.resolute.room;

import org.jspecify.annotations.NullMarked;
