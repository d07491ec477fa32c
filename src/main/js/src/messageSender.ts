import type { Connection } from "./connection.js";
import type { Sealed } from "./e2ee/outbox.js";
import type { SealedRoom } from "./e2ee/sealedRoom.js";
import type { RoomId, UserId } from "./ids.js";
import type { Member, SendResult } from "./member.js";
import type { SendTally } from "./sendTally.js";
import type { Request } from "./wire.js";

/** Sends the parts of the messages to one room. For the connection's tasks alone. */
export class MessageSender {
  readonly #connection: Connection;
  readonly #cipher: SealedRoom;
  readonly #room: RoomId;

  constructor(connection: Connection, cipher: SealedRoom, room: RoomId) {
    this.#connection = connection;
    this.#cipher = cipher;
    this.#room = room;
  }

  /**
   * Sends all parts of one message, or none.
   *
   * @param members everybody else in the room
   * @param tally what the answers are added to
   */
  send(parts: readonly Sealed[], members: ReadonlyMap<UserId, Member>, tally: SendTally): Promise<SendResult> {
    const counted = this.#request(parts, members, tally);
    return Promise.allSettled(counted).then((outcomes) => {
      const failure = outcomes.find((outcome) => outcome.status === "rejected");
      if (failure !== undefined) {
        throw failure.reason;
      }
      return tally.result();
    });
  }

  #request(parts: readonly Sealed[], members: ReadonlyMap<UserId, Member>, tally: SendTally): Promise<void>[] {
    const calls = parts.map((part) => {
      const recipient = part.to === undefined ? undefined : members.get(part.to);
      return {
        request: this.#requestOf(part),
        use: ({ recipients }: { recipients: number }) => tally.count(part.isText, recipients),
        fail: (why: Error) => {
          const isGone = tally.countsAsGone(recipient, why);
          if (!isGone || !part.isText) {
            // Somebody may be without a key that the cipher believes to be handed out; nobody but the server says that
            // a member is gone.
            this.#cipher.renew();
          }
          if (!isGone) {
            throw why;
          }
        },
      };
    });
    try {
      return this.#connection.requestAll("messageSent", calls);
    } catch (notSent) {
      this.#cipher.renew();
      throw notSent;
    }
  }

  #requestOf({ to, content }: Sealed): Request {
    const data = to === undefined ? {} : { to_user_id: to };
    return { cmd: "send-message", data: { room_id: this.#room, ...data, content } };
  }
}
