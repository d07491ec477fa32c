import type { RoomId } from "../ids.js";
import type { BundleHash } from "./bundleHash.js";
import { concat, utf8, type Bytes, type Random } from "./bytes.js";
import type { Identity } from "./identity.js";

/** This client as one that speaks in a room. */
export class Speaker {
  constructor(
    readonly room: RoomId,
    readonly identity: Identity,
    /** Drawn from for every key and encapsulation. */
    readonly random: Random,
  ) {}

  /** What all that this client says is bound to. */
  get origin(): Bytes {
    return originOf(this.room, this.identity.bundle.hash);
  }
}

/** Returns what all that one member says in one room is bound to: 64 bytes. */
export function originOf(room: RoomId, member: BundleHash): Bytes {
  return concat(utf8(room), member.bytes);
}
