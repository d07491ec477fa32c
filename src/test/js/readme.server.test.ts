import assert from "node:assert/strict";
import { test } from "node:test";
import { LIBRARY } from "./consumer.js";
import { blocksOf, Project } from "./documents.js";
import { ServerProcess } from "./serverProcess.js";

test("the JavaScript of the README, in a project that has the package, answers until the room ends", {
  timeout: 120_000,
}, async (t) => {
  const [program] = blocksOf("README.md").filter(({ language }) => language === "js");
  const project = new Project("readme");
  project.run(`npm pack --pack-destination ${project.folder}`, {}, LIBRARY);
  project.run("npm install ./resolute-client-*.tgz ws");
  project.write("echo.mjs", program!.text);
  const server = await ServerProcess.start();
  t.after(() => {
    project.stop();
    return server.stop();
  });
  const client = await server.connect();
  let answered: (text: string) => void;
  const answer = new Promise<string>((resolve) => (answered = resolve));
  const room = await client.createRoom("Plans", "alice", {
    memberJoined: (room) => room.sendToAll("hello"),
    message: (_room, _from, text) => answered(text),
  });
  const link = (await room.invite("one-time")).toLink();
  const echo = project.start(`node echo.mjs '${link}' ${server.fingerprint}`);
  const failed = echo.ended.then((status) => `it ended with ${status}: ${echo.errors}`);
  assert.equal(await Promise.race([answer, failed]), "You said: hello");
  client.close();
  assert.deepEqual([await echo.ended, echo.errors], [0, ""]);
});
