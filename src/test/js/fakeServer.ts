import { SealedEntrance } from "../../main/js/src/e2ee/sealedEntrance.js";
import type { SealedRoom } from "../../main/js/src/e2ee/sealedRoom.js";
import {
  Invite,
  ResoluteClient,
  RoomId,
  RoomSecret,
  UserId,
  type ClientRoom,
  type ConnectOptions,
  type RoomListener,
  type TransportEvents,
  type TransportFactory,
} from "../../main/js/src/index.js";

export const SELF = UserId.parse("S".repeat(32))!;
export const ROOM = RoomId.parse("R".repeat(32))!;
export const KEY = "K".repeat(32);

export interface Frame {
  readonly cmd: string;
  readonly id?: string;
  readonly data: Record<string, unknown>;
}

/** A server at the other end of a transport in memory, which does what a test tells it. */
export class FakeServer {
  readonly #arrived: Frame[] = [];
  #waiting: ((frame: Frame) => void) | undefined;
  #events!: TransportEvents;
  bufferedAmount = 0;
  isClosed = false;

  readonly transport: TransportFactory = async (_server, events) => {
    this.#events = events;
    const self = this;
    return {
      send: (text) => this.#take(JSON.parse(text) as Frame),
      close: () => this.#close(1000),
      abort: () => this.#close(1006),
      get bufferedAmount() {
        return self.bufferedAmount;
      },
    };
  };

  /** Connects a client, and says hello to it. */
  async connect(options: ConnectOptions = {}): Promise<ResoluteClient> {
    const client = ResoluteClient.connect("wss://localhost:5656/v1", { transport: this.transport, ...options });
    this.welcome(await this.next("hello"));
    return client;
  }

  /** Waits for the next request, which must be this one. */
  async next(cmd: string): Promise<Frame> {
    const frame = this.#arrived.shift() ?? (await new Promise<Frame>((resolve) => (this.#waiting = resolve)));
    if (frame.cmd !== cmd) {
      throw new Error(`${frame.cmd} was sent instead of ${cmd}`);
    }
    return frame;
  }

  get hasMore(): boolean {
    return this.#arrived.length > 0;
  }

  welcome(hello: Frame): void {
    this.answer(hello, "hello", { version: 1, user_id: SELF, limits: { message: 65536 }, features: [] });
  }

  answer(request: Frame, cmd: string, data: Record<string, unknown>): void {
    this.push({ cmd, id: request.id, data });
  }

  refuse(request: Frame, code: string): void {
    this.answer(request, `${request.cmd}-error`, { code, msg: "no" });
  }

  push(frame: unknown): void {
    this.pushText(JSON.stringify(frame));
  }

  pushText(text: string): void {
    this.#events.message(text);
  }

  /** Ends the connection. */
  lose(code: number, reason = ""): void {
    this.#events.closed(code, reason);
  }

  #take(frame: Frame): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) {
      this.#arrived.push(frame);
    } else {
      waiting(frame);
    }
  }

  #close(code: number): void {
    this.isClosed = true;
    queueMicrotask(() => this.#events.closed(code, ""));
  }
}

/** Another member of a room, as far as it is needed: it reads and writes contents. */
export class Peer {
  private constructor(
    readonly id: UserId,
    readonly cipher: SealedRoom,
    readonly username: string,
    readonly publicKey: string,
  ) {}

  static async make(letter: string, name: string, secret: RoomSecret): Promise<Peer> {
    const entrance = await SealedEntrance.prepare(secret.copy());
    const id = UserId.parse(letter.repeat(32))!;
    return new Peer(id, entrance.enter(ROOM), await entrance.sealUsername(name), await entrance.publicKey());
  }

  /** The member as `joined` describes it. */
  get user(): Record<string, unknown> {
    return { user_id: this.id, username: this.username, public_key_string: this.publicKey };
  }

  /** The event that the member came in. */
  get joins(): Record<string, unknown> {
    const data = { room_id: ROOM, room_name: "", user_id: this.id, username: this.username, public_key: this.publicKey };
    return { cmd: "user-joined-forever", data };
  }

  get leaves(): Record<string, unknown> {
    return { cmd: "user-left", data: { room_id: ROOM, user_id: this.id, reason: "left" } };
  }

  /** The events that a text to all is. */
  async says(text: string): Promise<Record<string, unknown>[]> {
    const sealed = await this.cipher.sealForAll(text);
    return sealed.map(({ content }) => ({
      cmd: "send-message",
      data: { room_id: ROOM, user_id: this.id, username: this.username, content },
    }));
  }
}

/**
 * Lets a client into a room, by its request to join.
 *
 * @param behind what comes right behind the answer
 */
export async function joined(
  server: FakeServer,
  client: ResoluteClient,
  users: readonly Peer[],
  listener: RoomListener = {},
  secret = RoomSecret.generate(),
  behind: readonly object[] = [],
): Promise<{ room: ClientRoom; secret: RoomSecret }> {
  const invite = Invite.parse(`https://localhost:5656/#${ROOM}.f.${KEY}.${secret.toText()}`);
  const joining = client.join(invite, "me", listener);
  const request = await server.next("join-room-forever");
  const data = { user_id: SELF, room_id: ROOM, room_name: "", users: users.map((one) => one.user) };
  server.answer(request, "joined", data);
  behind.forEach((frame) => server.push(frame));
  return { room: await joining, secret };
}

/** The answer to a request to make a room. */
export function created(request: Frame): Record<string, unknown> {
  const room = { room_id: ROOM, owner_id: SELF, name: "", users: {} };
  return { cmd: "create-room", id: request.id, room, client_room_id: "room" };
}
