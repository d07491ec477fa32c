import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { connect } from "node:tls";
import { ServerProcess } from "./serverProcess.js";

const PATIENCE_MS = 60_000;

type Line = Record<string, string>;

/** The program, and what it says. */
class Puppet {
  readonly #process;
  readonly #lines;
  #tag = 0;

  constructor(environment: Record<string, string> = {}) {
    this.#process = spawn(process.execPath, ["target/js-test/puppet.mjs"], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, ...environment },
    });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  async next(): Promise<Line> {
    const mute = setTimeout(() => this.#process.kill("SIGKILL"), PATIENCE_MS);
    const { value, done } = await this.#lines.next();
    clearTimeout(mute);
    assert.notEqual(done, true, "the program has ended, or said nothing for a minute");
    return JSON.parse(value as string) as Line;
  }

  /** Gives a command, and returns the fields of its answer, which must be what comes next. */
  async ask(op: string, fields: object = {}): Promise<Line> {
    const tag = ++this.#tag;
    this.#process.stdin.write(`${JSON.stringify({ tag, op, ...fields })}\n`);
    const { tag: answered, ...answer } = await this.next();
    assert.equal(answered, tag);
    return answer;
  }

  async quit(): Promise<void> {
    const exit = once(this.#process, "exit");
    assert.deepEqual(await this.ask("quit"), {});
    assert.deepEqual(await exit, [0, null]);
  }
}

let server: ServerProcess;

before(async () => {
  server = await ServerProcess.start();
});

after(() => server.stop());

test("a client on the event bus and one on a socket of its own are in one room", async () => {
  const trusted = "target/js-test/server.pem";
  writeFileSync(trusted, await certificateOf(server.port));
  const onBus = new Puppet({ NODE_EXTRA_CA_CERTS: trusted });
  const onSocket = new Puppet();
  const eventBus = `https://localhost:${server.port}/eventbus`;
  const { userId } = await onBus.ask("connect", { server: server.url, eventBus });
  await onSocket.ask("connect", { server: server.url, fingerprint: server.fingerprint });
  await onBus.ask("create", { name: "r", username: "bus" });
  const { invite } = await onBus.ask("invite", { kind: "forever" });
  await onSocket.ask("join", { invite, username: "socket" });
  assert.equal((await onBus.next())["event"], "memberJoined");
  assert.equal((await onBus.ask("send", { text: "from the bus" }))["recipients"], 1);
  assert.equal((await onSocket.next())["text"], "from the bus");
  assert.equal((await onSocket.ask("sendTo", { to: userId, text: "x".repeat(32_767) }))["recipients"], 1);
  assert.equal((await onBus.next())["text"]?.length, 32_767);
  assert.deepEqual(await onBus.ask("disconnect"), {});
  assert.equal((await onSocket.next())["event"], "roomClosed");
  await Promise.all([onBus.quit(), onSocket.quit()]);
});

test("another program drives a client, until the server is gone", async () => {
  const puppet = new Puppet();
  const { userId } = await puppet.ask("connect", { server: server.url, fingerprint: server.fingerprint });
  const { room } = await puppet.ask("create", { name: "r", username: "puppet" });
  assert.deepEqual(await puppet.ask("send", { text: "alone" }), { recipients: 0, unreached: [] });
  const { invite } = await puppet.ask("invite", { kind: "one-time" });
  assert.match(invite!, new RegExp(`#${room}\\.o\\.`));
  assert.deepEqual(await puppet.ask("join", { invite, username: "again" }), {
    error: "RequestRefusedError",
    code: "already-joined",
    message: "the server refuses: already-joined",
  });
  assert.equal((await puppet.ask("listMembers"))["owner"], userId);
  assert.equal((await puppet.ask("safetyNumber"))["digits"]?.length, 60);
  assert.deepEqual(await puppet.ask("leave"), {});
  assert.equal((await puppet.ask("send", { text: "gone" }))["error"], "RoomEndedError");
  await server.stop();
  assert.deepEqual(await puppet.next(), { event: "connectionLost", code: 1006 });
  await puppet.quit();
});

/** Returns what a server shows of itself, as PEM. */
async function certificateOf(port: number): Promise<string> {
  const socket = connect({ host: "localhost", port, rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  return `-----BEGIN CERTIFICATE-----\n${raw.toString("base64")}\n-----END CERTIFICATE-----\n`;
}
