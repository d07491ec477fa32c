import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { startServer } from "./startServer.mjs";

/** It would wait for ever where it does not do what is tested. */
const DEADLINE = { timeout: 20_000 };

function program(script: string): { command: string[] } {
  return { command: [process.execPath, "--eval", script] };
}

test("a server that says nothing is not waited for for ever, and is ended", DEADLINE, async () => {
  const mute = program('process.stderr.write(""); setInterval(() => {}, 1000)');
  await assert.rejects(startServer({}, { ...mute, patienceMs: 300 }), {
    message: /does not listen after 0\.3 s; to see why, run: .*\nIt said: nothing$/s,
  });
});

test("a server that says much and never listens is not waited for for ever", DEADLINE, async () => {
  const chatty = program('console.log("Hm."); setInterval(() => console.log("Hm."), 10)');
  await assert.rejects(startServer({}, { ...chatty, patienceMs: 1000 }), { message: /does not listen .*Hm\./s });
});

test("a server that ends before it listens is told with what it said", DEADLINE, async () => {
  await assert.rejects(startServer({}, program('console.log("The port is taken.")')), {
    message: /the server has ended; to see why, run: .*The port is taken\.$/s,
  });
});

test("what is to be run to see why is what was run, also for a shell", DEADLINE, async () => {
  const failure = await startServer({}, program(`console.log('"It\\'s taken."', "$HOME")`)).catch(String);
  const [, command = "", said] = /run: (.*)\nIt said: (.*)/s.exec(failure as string) ?? [];
  assert.equal(said, '"It\'s taken." $HOME');
  assert.equal(execFileSync("sh", ["-c", command], { encoding: "utf8" }).trimEnd(), said);
});

test("a server that cannot be started at all is told", DEADLINE, async () => {
  await assert.rejects(startServer({}, { command: ["no-such-program"] }), {
    message: /the server has ended; to see why, run: no-such-program/,
  });
});
