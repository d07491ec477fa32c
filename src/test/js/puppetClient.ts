import https from "node:https";
import EventBus from "@vertx/eventbus-bridge-client.js";
import {
  eventBusTransport,
  Invite,
  ResoluteClient,
  type ClientRoom,
  type ConnectOptions,
  type KeyKind,
  type Member,
  type RoomListener,
  type SendResult,
  type TransportFactory,
} from "../../main/js/src/index.js";
import { pinnedTransport } from "../../main/js/src/node.js";

export interface Command {
  readonly tag: unknown;
  readonly op: string;
  readonly client?: string;
  readonly [field: string]: unknown;
}

export type Answer = Record<string, unknown>;

/** One client of a puppet: does what commands say, and tells of events. */
export class PuppetClient {
  readonly #tell: (event: Answer) => void;
  readonly #rooms = new Map<string, ClientRoom>();
  #client: ResoluteClient | undefined;
  #latest: ClientRoom | undefined;
  readonly #held: Member[] = [];

  constructor(tell: (event: Answer) => void) {
    this.#tell = tell;
  }

  async run(command: Command): Promise<Answer> {
    const operation = this.#operations[command.op];
    if (operation === undefined) {
      throw new TypeError(`there is no op ${command.op}`);
    }
    return operation(command);
  }

  readonly #listener: Required<RoomListener> = {
    message: (room, from, text, isPrivate) =>
      this.#event(room, "message", { from: describe(from), text, isPrivate }),
    unreadable: (room, from, why) => this.#event(room, "unreadable", { from: describe(from), why }),
    missing: (room, from, messages) => this.#event(room, "missing", { from: describe(from), messages }),
    memberJoined: (room, member) => this.#event(room, "memberJoined", { member: describe(member) }),
    memberLeft: (room, member, reason) => this.#event(room, "memberLeft", { member: describe(member), reason }),
    roomClosed: (room, reason) => this.#event(room, "roomClosed", { reason }),
  };

  readonly #operations: Record<string, (command: Command) => Promise<Answer>> = {
    connect: async (command) => {
      this.#client = await ResoluteClient.connect(text(command, "server"), {
        transport: transportOf(command),
        listener: { connectionLost: ({ code }) => this.#tell({ event: "connectionLost", code }) },
        ...(command["options"] as ConnectOptions | undefined),
      });
      return { userId: this.#client.userId, limits: Object.fromEntries(this.#client.limits) };
    },
    create: async (command) => {
      const [name, username] = [text(command, "name"), text(command, "username")];
      return this.#entered(await this.#connected().createRoom(name, username, this.#listener));
    },
    join: async (command) => {
      const invite = Invite.parse(text(command, "invite"));
      return this.#entered(await this.#connected().join(invite, text(command, "username"), this.#listener));
    },
    send: async (command) => sent(await this.#room(command).sendToAll(text(command, "text"))),
    hold: async (command) => ({ held: this.#held.push(this.#member(command)) - 1 }),
    sendTo: async (command) => {
      const held = this.#held[command["held"] as number];
      return sent(await this.#room(command).sendTo(held ?? this.#member(command), text(command, "text")));
    },
    invite: async (command) => {
      return { invite: (await this.#room(command).invite(text(command, "kind") as KeyKind)).toLink() };
    },
    members: async (command) => ({ members: this.#room(command).members.map(describe) }),
    listMembers: async (command) => {
      const { owner, others } = await this.#room(command).listMembers();
      return { owner, members: others.map(describe) };
    },
    safetyNumber: async (command) => ({ ...(await this.#room(command).safetyNumber()) }),
    state: async (command) => {
      const { isOpen, isOwned, name, userId } = this.#room(command);
      return { isOpen, isOwned, name, userId };
    },
    reset: (command) => this.#room(command).resetKeys().then(nothing),
    leave: (command) => this.#room(command).leave().then(nothing),
    closeRoom: (command) => this.#room(command).close().then(nothing),
    disconnect: async () => {
      this.#connected().close();
      await this.#connected().terminated;
      return {};
    },
  };

  #entered(room: ClientRoom): Answer {
    this.#rooms.set(room.id, room);
    this.#latest = room;
    return { room: room.id, userId: room.userId, name: room.name, members: room.members.map(describe) };
  }

  #connected(): ResoluteClient {
    if (this.#client === undefined) {
      throw new TypeError("connect first");
    }
    return this.#client;
  }

  #room(command: Command): ClientRoom {
    const room = command["room"] === undefined ? this.#latest : this.#rooms.get(text(command, "room"));
    if (room === undefined) {
      throw new TypeError("this client has entered no such room");
    }
    return room;
  }

  #member(command: Command): Member {
    const member = this.#room(command).members.find(({ id }) => id === command["to"]);
    if (member === undefined) {
      throw new TypeError("nobody in the room has this id");
    }
    return member;
  }

  #event(room: ClientRoom, event: string, fields: Answer): void {
    this.#tell({ event, room: room.id, ...fields });
  }
}

function transportOf(command: Command): TransportFactory {
  if (command["eventBus"] === undefined) {
    return pinnedTransport(text(command, "fingerprint"));
  }
  return eventBusTransport(new EventBus(text(command, "eventBus"), trust(command["certificate"])));
}

function trust(ca: unknown): object {
  if (ca === undefined) {
    return {};
  }
  // SockJS asks by HTTP first what there is, and has no options for that.
  https.globalAgent.options.ca = ca as string;
  return { transportOptions: { websocket: { ca } } };
}

function sent({ recipients, unreached }: SendResult): Answer {
  return { recipients, unreached: unreached.map((member) => member.id) };
}

function text(command: Command, field: string): string {
  const value = command[field];
  if (typeof value !== "string") {
    throw new TypeError(`${field} is not a string`);
  }
  return value;
}

function describe({ id, username, status }: Member): Answer {
  return { id, username, status };
}

function nothing(): Answer {
  return {};
}
