import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { LIBRARY, makeConsumer } from "./consumer.js";
import { ServerProcess } from "./serverProcess.js";

const CONSUMER = resolve("target/js-test/readme");

test("the JavaScript of the README, in a project that has the package, answers until the room ends", async () => {
  const { devDependencies } = JSON.parse(readFileSync(join(LIBRARY, "package.json"), "utf8"));
  makeConsumer(CONSUMER, `ws@${devDependencies.ws}`);
  copyFileSync("src/test/js/examples/echo.mjs", join(CONSUMER, "echo.mjs"));
  const server = await ServerProcess.start();
  try {
    const client = await server.connect();
    let answered: (text: string) => void;
    const answer = new Promise<string>((resolve) => (answered = resolve));
    const room = await client.createRoom("Plans", "alice", {
      memberJoined: (room) => room.sendToAll("hello"),
      message: (_room, _from, text) => answered(text),
    });
    const link = (await room.invite("one-time")).toLink();
    const example = spawn(process.execPath, ["echo.mjs", link, server.fingerprint], { cwd: CONSUMER, stdio: "inherit" });
    const ended = once(example, "exit");
    const failed = ended.then(([status]) => assert.fail(`the example ended with ${status}`));
    assert.equal(await Promise.race([answer, failed]), "You said: hello");
    failed.catch(() => {});
    client.close();
    assert.deepEqual(await ended, [0, null]);
  } finally {
    await server.stop();
  }
});
