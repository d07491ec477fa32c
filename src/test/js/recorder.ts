import type { ConnectionListener, RoomListener } from "../../main/js/src/index.js";

const PATIENCE_MS = 20_000;

/** Writes down what a client's listeners are told. */
export class Recorder implements RoomListener, ConnectionListener {
  readonly #told: string[] = [];
  #waiting: ((line: string) => void) | undefined;

  /** Waits for the next event. */
  async next(): Promise<string> {
    const line = this.#told.shift();
    if (line !== undefined) {
      return line;
    }
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => reject(new Error("nothing is told")), PATIENCE_MS);
      this.#waiting = (told) => {
        clearTimeout(deadline);
        resolve(told);
      };
    });
  }

  /** Whether there is an event that was not asked for yet. */
  get hasMore(): boolean {
    return this.#told.length > 0;
  }

  #add(line: string): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) {
      this.#told.push(line);
    } else {
      waiting(line);
    }
  }

  message: NonNullable<RoomListener["message"]> = (_room, from, text, isPrivate) =>
    this.#add(`${from.username}${isPrivate ? " to one" : ""}: ${text}`);
  unreadable: NonNullable<RoomListener["unreadable"]> = (_room, from, why) =>
    this.#add(`${from.username} unreadable ${why}`);
  missing: NonNullable<RoomListener["missing"]> = (_room, from, messages) =>
    this.#add(`${from.username} missing ${messages}`);
  memberJoined: NonNullable<RoomListener["memberJoined"]> = (_room, member) =>
    this.#add(`${member.username} joined ${member.status}`);
  memberLeft: NonNullable<RoomListener["memberLeft"]> = (_room, member, reason) =>
    this.#add(`${member.username} ${reason}`);
  roomClosed: NonNullable<RoomListener["roomClosed"]> = (_room, reason) => this.#add(`room ${reason}`);
  connectionLost: NonNullable<ConnectionListener["connectionLost"]> = (why) => this.#add(`lost ${why.code}`);
}
