import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { LIBRARY, makeConsumer } from "./consumer.js";

const CONSUMER = resolve("target/js-test/consumer");

const TYPED = `
import { Invite, ResoluteClient, eventBusTransport, type ClientRoom, type RoomListener } from "resolute-client";
import { pinnedTransport } from "resolute-client/node";

const listener: RoomListener = {
  message: (room: ClientRoom, from, text) => console.log(room.id, from.username, text.length),
  memberJoined: (room, member) => room.sendTo(member, "hello"),
  unreadable: async (_room, _from, why) => console.log(why === "REPLAYED"),
};
export async function talk(link: string): Promise<number> {
  const client = await ResoluteClient.connect("wss://localhost:5656/v1", { transport: pinnedTransport("00") });
  const room = await client.join(Invite.parse(link), "me", listener);
  const { recipients } = await room.sendToAll("hello");
  return recipients + (await room.safetyNumber()).digits.length;
}
export function toCopy(room: ClientRoom): void {
  // @ts-expect-error a member is who is in the room, not who looks the same
  void room.sendTo({ ...room.members[0]! }, "hello");
}
// @ts-expect-error a room is entered, not constructed
new ClientRoomValue();
import { ClientRoom as ClientRoomValue } from "resolute-client";
export const overTheBus = eventBusTransport({ send: () => {}, registerHandler: () => {}, close: () => {} });
`;

const RUN = `
import { Invite, RoomId, JoinKey, RoomSecret } from "resolute-client";
const id = "A".repeat(32);
const invite = new Invite("localhost", 5656, RoomId.parse(id), "forever", JoinKey.parse(id), RoomSecret.generate());
console.log(Invite.parse(invite.toLink()).toLink() === invite.toLink() && String(invite));
`;

test("the package is installed and used by a project of its own", () => {
  makeConsumer(CONSUMER);
  const run = (program: string, ...all: string[]) => execFileSync(program, all, { cwd: CONSUMER, encoding: "utf8" });

  writeFileSync(join(CONSUMER, "run.mjs"), RUN);
  assert.equal(run(process.execPath, "run.mjs"), "Invite[REDACTED]\n");

  const options = { strict: true, target: "es2022", lib: ["es2022", "dom"], module: "nodenext", noEmit: true };
  // What it takes for Node and the optional packages, a project has itself.
  const compilerOptions = { ...options, skipLibCheck: false, typeRoots: [resolve(LIBRARY, "node_modules/@types")] };
  const ws = { paths: { ws: [resolve(LIBRARY, "node_modules/@types/ws/index.d.ts")] }, types: ["node"] };
  writeFileSync(join(CONSUMER, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...compilerOptions, ...ws } }));
  writeFileSync(join(CONSUMER, "typed.ts"), TYPED);
  run(process.execPath, resolve(LIBRARY, "node_modules/typescript/bin/tsc"), "--project", ".");

  const packed = readdirSync(join(CONSUMER, "node_modules/resolute-client"), { recursive: true }) as string[];
  assert.ok(packed.includes("README.md") && packed.includes("dist/LICENSE") && packed.includes("dist/index.d.ts"));
  assert.deepEqual(packed.filter((name) => /\.ts$/.test(name) && !name.endsWith(".d.ts")), [], "no sources");
});

test("the package has the version of the jars", () => {
  const { version } = JSON.parse(readFileSync(join(LIBRARY, "package.json"), "utf8"));
  const [, ofTheJars] = /<version>([^<]+)</.exec(readFileSync("pom.xml", "utf8"))!;
  assert.equal(version, ofTheJars);
  assert.ok(readFileSync(join(LIBRARY, "README.md"), "utf8").includes(`resolute-client-${version}.tgz`));
});
