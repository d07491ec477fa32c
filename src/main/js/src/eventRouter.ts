import type { ConnectionLostError } from "./errors.js";
import type { RoomId } from "./ids.js";
import type { ClientRoom } from "./room.js";
import type { ServerPacket } from "./wire.js";

/**
 * Brings events to the rooms that they belong to. An event of a room that this client is not in, any more or yet, is of
 * no interest to anybody; nor is an answer that does not say what it answers.
 */
export class EventRouter {
  readonly #rooms = new Map<RoomId, ClientRoom>();

  /** Adds a room, which must not {@link has be there}. */
  add(room: ClientRoom): void {
    this.#rooms.set(room.id, room);
  }

  has(room: RoomId): boolean {
    return this.#rooms.has(room);
  }

  /** Removes this very room, and not one that has its id since. */
  remove(room: ClientRoom): void {
    if (this.#rooms.get(room.id) === room) {
      this.#rooms.delete(room.id);
    }
  }

  /** Makes every room useless. */
  endAll(why: ConnectionLostError): void {
    const all = [...this.#rooms.values()];
    this.#rooms.clear();
    all.forEach((room) => room.end(why));
  }

  async tell(packet: ServerPacket): Promise<void> {
    switch (packet.type) {
      case "message":
        return this.#rooms.get(packet.room)?.received(packet);
      case "userJoined":
        return this.#rooms.get(packet.room)?.joined(packet.user);
      case "userLeft":
        return this.#rooms.get(packet.room)?.left(packet);
      case "roomClosed":
        return this.#rooms.get(packet.room)?.closed(packet.reason);
      default:
        return undefined;
    }
  }
}
