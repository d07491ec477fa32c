/**
 * A client that another program drives: a JSON object a line on standard input, and on standard output. For tests that
 * are written in another language.
 *
 * A command is `{"tag": T, "op": OP, …}` and is answered, when it is done, by one line with its tag: `{"tag": T, …}`, or
 * `{"tag": T, "error": CLASS, "code": …, "problem": …, "message": …}`, where `code` is of RequestRefusedError and
 * ConnectionLostError, and `problem` of InvalidInviteError. Commands are begun in the order in which they come, without
 * waiting for those before. `room` may be left out: it is the room that was entered last.
 *
 * | op | fields | answer |
 * |---|---|---|
 * | connect | `server`: wss://HOST:PORT/v1; `fingerprint` of its certificate; `options`: numbers of ConnectOptions; `eventBus`: instead of the fingerprint, https://HOST:PORT/eventbus, whose certificate is in NODE_EXTRA_CA_CERTS | `userId`, `limits` |
 * | create | `name`, `username` | `room`, `members` |
 * | join | `invite`: the link; `username` | `room`, `name`, `members` |
 * | send | `room`, `text` | `recipients`, `unreached`: ids |
 * | sendTo | `room`, `to`: a user's id; `text` | as send |
 * | invite | `room`, `kind`: one-time or forever | `invite`: the link |
 * | members | `room` | `members`, as this client knows them |
 * | listMembers | `room` | `owner`, `members`, as the server says |
 * | safetyNumber | `room` | `digits`, `signs`, `grouped` |
 * | state | `room` | `isOpen`, `isOwned`, `name`, `userId` |
 * | reset, leave, closeRoom | `room` | nothing |
 * | disconnect | | nothing; once the connection has ended |
 * | quit | | nothing; then the program ends, as it does when its input ends |
 *
 * Events have no tag: `{"event": E, "room": ID, …}` with E one of `message` (`from`, `text`), `unreadable` (`from`,
 * `why`), `missing` (`from`, `messages`), `memberJoined` (`member`), `memberLeft` (`member`, `reason`), `roomClosed`
 * (`reason`); and `{"event": "connectionLost", "code": …}`. A member is `{"id", "username", "status"}`.
 */
import { createInterface } from "node:readline";
import EventBus from "@vertx/eventbus-bridge-client.js";
import {
  ConnectionLostError,
  InvalidInviteError,
  eventBusTransport,
  Invite,
  RequestRefusedError,
  ResoluteClient,
  type ClientRoom,
  type ConnectOptions,
  type KeyKind,
  type Member,
  type RoomListener,
  type SendResult,
  type TransportFactory,
  type UserId,
} from "../../main/js/src/index.js";
import { pinnedTransport } from "../../main/js/src/node.js";

interface Command {
  readonly tag: unknown;
  readonly op: string;
  readonly [field: string]: unknown;
}

type Answer = Record<string, unknown>;

const rooms = new Map<string, ClientRoom>();
let client: ResoluteClient | undefined;
let latest: ClientRoom | undefined;

const listener: Required<RoomListener> = {
  message: (room, from, text) => tell(room, "message", { from: describe(from), text }),
  unreadable: (room, from, why) => tell(room, "unreadable", { from: describe(from), why }),
  missing: (room, from, messages) => tell(room, "missing", { from: describe(from), messages }),
  memberJoined: (room, member) => tell(room, "memberJoined", { member: describe(member) }),
  memberLeft: (room, member, reason) => tell(room, "memberLeft", { member: describe(member), reason }),
  roomClosed: (room, reason) => tell(room, "roomClosed", { reason }),
};

const operations: Record<string, (command: Command) => Promise<Answer>> = {
  connect: async (command) => {
    client = await ResoluteClient.connect(text(command, "server"), {
      transport: transportOf(command),
      listener: { connectionLost: ({ code }) => print({ event: "connectionLost", code }) },
      ...(command["options"] as ConnectOptions | undefined),
    });
    return { userId: client.userId, limits: Object.fromEntries(client.limits) };
  },
  create: async (command) => {
    return entered(await connected().createRoom(text(command, "name"), text(command, "username"), listener));
  },
  join: async (command) => {
    const invite = Invite.parse(text(command, "invite"));
    return entered(await connected().join(invite, text(command, "username"), listener));
  },
  send: async (command) => sent(await roomOf(command).sendToAll(text(command, "text"))),
  sendTo: async (command) => sent(await roomOf(command).sendTo(text(command, "to") as UserId, text(command, "text"))),
  invite: async (command) => {
    return { invite: (await roomOf(command).invite(text(command, "kind") as KeyKind)).toLink() };
  },
  members: async (command) => ({ members: roomOf(command).members.map(describe) }),
  listMembers: async (command) => {
    const { owner, others } = await roomOf(command).listMembers();
    return { owner, members: others.map(describe) };
  },
  safetyNumber: async (command) => ({ ...(await roomOf(command).safetyNumber()) }),
  state: async (command) => {
    const { isOpen, isOwned, name, userId } = roomOf(command);
    return { isOpen, isOwned, name, userId };
  },
  reset: (command) => roomOf(command).resetKeys().then(nothing),
  leave: (command) => roomOf(command).leave().then(nothing),
  closeRoom: (command) => roomOf(command).close().then(nothing),
  disconnect: async () => {
    connected().close();
    await connected().terminated;
    return {};
  },
  quit: async () => ({}),
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line) as Command;
  const done = run(command);
  if (command.op === "quit") {
    await done;
    break;
  }
}
process.exit(0);

async function run(command: Command): Promise<void> {
  try {
    const operation = operations[command.op];
    if (operation === undefined) {
      throw new TypeError(`there is no op ${command.op}`);
    }
    print({ tag: command.tag, ...(await operation(command)) });
  } catch (failure) {
    print({ tag: command.tag, ...describeError(failure as Error) });
  }
}

function describeError(failure: Error): Answer {
  const hasCode = failure instanceof RequestRefusedError || failure instanceof ConnectionLostError;
  return {
    error: failure.name,
    ...(hasCode ? { code: failure.code } : {}),
    ...(failure instanceof InvalidInviteError ? { problem: failure.problem } : {}),
    message: failure.message,
  };
}

function entered(room: ClientRoom): Answer {
  rooms.set(room.id, room);
  latest = room;
  return { room: room.id, name: room.name, members: room.members.map(describe) };
}

function sent({ recipients, unreached }: SendResult): Answer {
  return { recipients, unreached: unreached.map((member) => member.id) };
}

function transportOf(command: Command): TransportFactory {
  return command["eventBus"] === undefined
    ? pinnedTransport(text(command, "fingerprint"))
    : eventBusTransport(new EventBus(text(command, "eventBus")));
}

function connected(): ResoluteClient {
  if (client === undefined) {
    throw new TypeError("connect first");
  }
  return client;
}

function roomOf(command: Command): ClientRoom {
  const room = command["room"] === undefined ? latest : rooms.get(text(command, "room"));
  if (room === undefined) {
    throw new TypeError("this client has entered no such room");
  }
  return room;
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

function tell(room: ClientRoom, event: string, fields: Answer): void {
  print({ event, room: room.id, ...fields });
}

function print(line: Answer): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function nothing(): Answer {
  return {};
}
