import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { ServerProcess } from "./serverProcess.js";

test("another program drives a client", async () => {
  const server = await ServerProcess.start();
  const puppet = spawn(process.execPath, ["target/js-test/puppet.mjs"], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: puppet.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value as string) as Record<string, string>;
  const ask = (command: object) => {
    puppet.stdin.write(`${JSON.stringify(command)}\n`);
    return next();
  };
  const { userId } = await ask({ tag: 1, op: "connect", server: server.url, fingerprint: server.fingerprint });
  const { room } = await ask({ tag: 2, op: "create", name: "r", username: "puppet" });
  assert.deepEqual(await ask({ tag: 3, op: "send", text: "alone" }), { tag: 3, recipients: 0, unreached: [] });
  const { invite } = await ask({ tag: 4, op: "invite", kind: "one-time" });
  assert.match(invite!, new RegExp(`#${room}\\.o\\.`));
  assert.deepEqual(await ask({ tag: 5, op: "join", invite, username: "again" }), {
    tag: 5,
    error: "RequestRefusedError",
    code: "already-joined",
    message: "the server refuses: already-joined",
  });
  assert.equal((await ask({ tag: 6, op: "listMembers" }))["owner"], userId);
  assert.equal((await ask({ tag: 7, op: "safetyNumber" }))["digits"]?.length, 60);
  assert.deepEqual(await ask({ tag: 8, op: "leave" }), { tag: 8 });
  assert.equal((await ask({ tag: 9, op: "send", text: "gone" }))["error"], "RoomEndedError");
  await server.stop();
  assert.deepEqual(await next(), { event: "connectionLost", code: 1006 });
  assert.deepEqual(await ask({ tag: 10, op: "quit" }), { tag: 10 });
  assert.deepEqual(await once(puppet, "exit"), [0, null]);
});
