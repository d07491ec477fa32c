/**
 * Clients that another program drives: a JSON object a line on standard input, and on standard output. For tests that
 * are written in another language.
 *
 * A command is `{"tag": T, "op": OP, …}` and is answered, when it is done, by one line with its tag: `{"tag": T, …}`, or
 * `{"tag": T, "error": CLASS, "code": …, "problem": …, "message": …}`, where `code` is of RequestRefusedError and
 * ConnectionLostError, and `problem` of InvalidInviteError. Commands are begun in the order in which they come, without
 * waiting for those before.
 *
 * `client` may be in every command but `drawn` and `quit`: any text, which names one client of several; left out, it is
 * the only one. `room` may be left out: it is the room that the client entered last.
 *
 * | op | fields | answer |
 * |---|---|---|
 * | connect | `server`: wss://HOST:PORT/v1; `fingerprint` of its certificate; `options`: numbers of ConnectOptions | `userId`, `limits` |
 * | connect | as before, but instead of the fingerprint `eventBus`: https://HOST:PORT/eventbus, to connect over with SockJS; and `certificate`: its PEM, if it is not in NODE_EXTRA_CA_CERTS | `userId`, `limits` |
 * | create | `name`, `username` | `room`, `userId`, `name`, `members` |
 * | join | `invite`: the link; `username` | as create |
 * | send | `room`, `text` | `recipients`, `unreached`: ids |
 * | sendTo | `room`, `to`: a user's id; `text` | as send |
 * | invite | `room`, `kind`: one-time or forever | `invite`: the link |
 * | members | `room` | `members`, as this client knows them |
 * | listMembers | `room` | `owner`, `members`, as the server says |
 * | safetyNumber | `room` | `digits`, `signs`, `grouped` |
 * | state | `room` | `isOpen`, `isOwned`, `name`, `userId` |
 * | reset, leave, closeRoom | `room` | nothing |
 * | disconnect | | nothing; once the connection has ended |
 * | drawn | | `secrets`: in hexadecimal, all random values of 32 bytes or more that this process has drawn |
 * | quit | | nothing; then the program ends, as it does when its input ends |
 *
 * Events have no tag: `{"event": E, "room": ID, …}` with E one of `message` (`from`, `text`), `unreadable` (`from`,
 * `why`), `missing` (`from`, `messages`), `memberJoined` (`member`), `memberLeft` (`member`, `reason`), `roomClosed`
 * (`reason`); and `{"event": "connectionLost", "code": …}`. A member is `{"id", "username", "status"}`. If the client
 * has a name, an event has it as `client`.
 */
import { ConnectionLostError, InvalidInviteError, RequestRefusedError } from "../../main/js/src/index.js";
import { drawn } from "./drawn.js";
import { PuppetClient, type Answer, type Command } from "./puppetClient.js";

const clients = new Map<string, PuppetClient>();

for await (const line of lines()) {
  const command = JSON.parse(line) as Command;
  const done = run(command);
  if (command.op === "quit") {
    await done;
    break;
  }
}
process.exit(0);

/** Not those of node:readline, which also ends a line where JSON has U+2028 in a text. */
async function* lines(): AsyncGenerator<string> {
  let rest = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin) {
    const parts = (rest + (chunk as string)).split("\n");
    rest = parts.pop()!;
    yield* parts;
  }
}

async function run(command: Command): Promise<void> {
  try {
    print({ tag: command.tag, ...(await answer(command)) });
  } catch (failure) {
    print({ tag: command.tag, ...describeError(failure as Error) });
  }
}

function answer(command: Command): Answer | Promise<Answer> {
  switch (command.op) {
    case "drawn":
      return { secrets: drawn() };
    case "quit":
      return {};
    default:
      return clientOf(command.client).run(command);
  }
}

function clientOf(name: string | undefined): PuppetClient {
  const known = clients.get(name ?? "");
  if (known !== undefined) {
    return known;
  }
  const client = new PuppetClient((event) => print(name === undefined ? event : { client: name, ...event }));
  clients.set(name ?? "", client);
  return client;
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

function print(line: Answer): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
