import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { LIBRARY } from "./consumer.js";
import { blocksOf, Project, type Running } from "./documents.js";
import { ServerProcess } from "./serverProcess.js";

const README = `${LIBRARY}/README.md`;
const BLOCKS = blocksOf(README);
const COMMANDS = BLOCKS.filter(({ language }) => language === "sh").map(({ text }) => text);
const PROGRAMS = BLOCKS.filter(({ language }) => language === "js");
const TYPES = BLOCKS.filter(({ language }) => language === "ts");
const PATIENCE = { timeout: 60_000 };

/** Returns the command of the README that has these words in it. */
function command(words: string): string {
  const [found, ...others] = COMMANDS.filter((text) => text.includes(words));
  assert.ok(found !== undefined && others.length === 0, words);
  return found.trim();
}

describe("the package's README, done to the letter in a new project", () => {
  const project = new Project("package-readme");
  let server: ServerProcess;

  before(async () => {
    project.run(command("npm pack").replace("YOUR_PROJECT", project.folder), {}, LIBRARY);
    project.run(command("./resolute-client"));
    project.run(command("npm install --save-dev"));
    project.run(command("npm install @vertx"));
    PROGRAMS.forEach(({ name, text }) => project.write(name!, text));
    TYPES.forEach(({ name, text }) => project.write(name!, text));
    server = await ServerProcess.start();
  });
  after(() => {
    project.stop();
    return server.stop();
  });

  /** Starts what a command of the README starts, with the server of this test. */
  function start(words: string, invite = ""): Running {
    const text = command(words).replace("localhost:5656", `localhost:${server.port}`);
    return project.start(text.replace("FINGERPRINT", server.fingerprint).replace("INVITE", invite));
  }

  it("has no other commands and code than these", () => {
    assert.equal(COMMANDS.length, 8);
    assert.deepEqual(
      PROGRAMS.map(({ name }) => name),
      ["alice.mjs", "bob.mjs", "authority.mjs", "carol.mjs"],
    );
    assert.equal(BLOCKS.length, COMMANDS.length + PROGRAMS.length + TYPES.length);
  });

  it("leads to a conversation that ends with its room", PATIENCE, async () => {
    const alice = start("alice.mjs");
    const invite = /https:\S+/.exec(await alice.line())![0];
    const bob = start("bob.mjs", invite);
    assert.equal(await alice.line(), "bob is here: VERIFIED");
    const number = await alice.line();
    assert.match(number, /^Compare this: [\d ]+$/);
    assert.equal(await bob.line(), number);
    assert.equal(await alice.line(), "bob: hello");
    alice.interrupt();
    assert.deepEqual([await bob.ended, bob.errors], [0, ""]);
  });

  it("fetches the certificate, which is the one that the server named, and trusts it as an authority", PATIENCE, async () => {
    const shown = project.run(command("openssl").replace("localhost:5656", `localhost:${server.port}`));
    assert.equal(shown.trim().split("=")[1], server.fingerprint);
    const reached = project.start(`node authority.mjs ${server.url}`);
    assert.equal(await reached.line(), "This server takes messages of 65536 bytes");
    assert.equal(await reached.ended, 0);
  });

  it("reaches the room over the event bus with that file", PATIENCE, async () => {
    let heard: (text: string) => void;
    const text = new Promise<string>((resolve) => (heard = resolve));
    const client = await server.connect();
    const room = await client.createRoom("Plans", "alice", { message: (_room, from, what) => heard(from.username + what) });
    const carol = start("carol.mjs", (await room.invite("one-time")).toLink());
    const failed = carol.ended.then((status) => `${status} ${carol.errors}`);
    assert.equal(await Promise.race([text, failed]), "carolhello");
    client.close();
    assert.deepEqual([await carol.ended, carol.errors], [0, ""]);
  });

  it("is TypeScript as well, in its strict form", () => {
    PROGRAMS.forEach(({ name, text }) => project.write(name!.replace(".mjs", ".mts"), text));
    const compilerOptions = { strict: true, module: "nodenext", noEmit: true };
    project.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["*.mts", "*.d.ts"] }));
    project.run("node node_modules/typescript/bin/tsc --project .");
  });

  it("has no links that end with the package", () => {
    assert.deepEqual(readFileSync(README, "utf8").match(/\]\((?!https:)[^)]*\)/g) ?? [], []);
  });
});

describe("the JavaScript of docs/event-bus.md", () => {
  const project = new Project("event-bus");
  let server: ServerProcess;
  let [fetch, explain]: (string | undefined)[] = [];

  before(async () => {
    project.run(command("npm pack").replace("YOUR_PROJECT", project.folder), {}, LIBRARY);
    project.run(command("./resolute-client"));
    project.run(command("npm install @vertx"));
    const blocks = blocksOf("docs/event-bus.md");
    blocks.filter(({ language }) => language === "js").forEach(({ name, text }) => project.write(name!, text));
    project.write("bot.mjs", 'import { answer } from "./sealedBus.mjs"; await answer(process.argv[2]);');
    project.write("plain.mjs", 'import { connect } from "./busClient.mjs"; await connect(process.argv[2], () => {});');
    [fetch, explain] = blocks.filter(({ language }) => language === "sh").map(({ text }) => text);
    server = await ServerProcess.start();
  });
  after(() => {
    project.stop();
    return server.stop();
  });

  it("answers in sealed rooms until they end, with the certificate that was fetched", PATIENCE, async () => {
    const [save, show, run] = fetch!.trim().split("\n");
    const shown = project.run(`${save!.replace("5656", String(server.port))}\n${show}`);
    assert.equal(shown.trim().split("=")[1], server.fingerprint);
    let heard: (text: string) => void;
    const text = new Promise<string>((resolve) => (heard = resolve));
    const client = await server.connect();
    const room = await client.createRoom("Plans", "alice", {
      memberJoined: (joined) => joined.sendToAll("hello"),
      message: (_room, _from, what) => heard(what),
    });
    const bot = project.start(`${run} '${(await room.invite("one-time")).toLink()}'`);
    const failed = bot.ended.then((status) => `${status} ${bot.errors}`);
    assert.equal(await Promise.race([text, failed]), "You said: hello");
    client.close();
    assert.deepEqual([await bot.ended, bot.errors], [0, ""]);
  });

  it("says why it does not get there, if it is asked to", PATIENCE, async () => {
    const line = explain!.trim().replace("bot.mjs", `plain.mjs https://localhost:${server.port}/eventbus`);
    const quiet = project.start(line.replace(/^DEBUG=\S+ /, ""));
    assert.notEqual(await quiet.ended, 0);
    assert.match(quiet.errors, /closed with 1002/);
    assert.doesNotMatch(quiet.errors, /self-signed certificate/);
    const loud = project.start(line);
    assert.notEqual(await loud.ended, 0);
    assert.match(loud.errors, /self-signed certificate/);
  });
});
