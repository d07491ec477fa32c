import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  Invite,
  RequestRefusedError,
  ResoluteClient,
  RoomEndedError,
  type ClientRoom,
  type Member,
  type TransportFactory,
} from "../../main/js/src/index.js";
import { pinnedTransport, wsTransport } from "../../main/js/src/node.js";
import { Recorder } from "./recorder.js";
import { ServerProcess } from "./serverProcess.js";

let server: ServerProcess;

before(async () => {
  server = await ServerProcess.start();
});

after(() => server.stop());

test("two who were invited talk in both directions", async () => {
  const [alice, bob] = [await server.connect(), await server.connect()];
  const [toAlice, toBob] = [new Recorder(), new Recorder()];
  const hers = await alice.createRoom("Küchentisch", "alice", toAlice);
  assert.ok(hers.isOwned && hers.isOpen);
  assert.equal(hers.userId, alice.userId);
  const link = (await hers.invite("one-time")).toLink();
  const his = await bob.join(Invite.parse(link), "bob 👋", toBob);
  assert.equal(his.name, "Küchentisch");
  assert.deepEqual(his.members.map((one) => `${one.username} ${one.status}`), ["alice VERIFIED"]);
  assert.equal(await toAlice.next(), "bob 👋 joined VERIFIED");
  assert.deepEqual(await hers.sendToAll("hello"), { recipients: 1, unreached: [] });
  assert.equal(await toBob.next(), "alice: hello");
  await his.sendToAll("Grüße, 世界");
  assert.equal(await toAlice.next(), "bob 👋: Grüße, 世界");
  await his.sendTo(his.members[0]!, "psst");
  assert.equal(await toAlice.next(), "bob 👋 to one: psst");
  assert.deepEqual(await hers.safetyNumber(), await his.safetyNumber());
  const listed = await his.listMembers();
  assert.equal(listed.owner, alice.userId);
  assert.deepEqual(listed.others, his.members);
  await his.leave();
  assert.equal(await toAlice.next(), "bob 👋 left");
  await assert.rejects(his.sendToAll("too late"), RoomEndedError);
  assert.deepEqual(hers.members, []);
  await hers.close();
  assert.ok(!hers.isOpen);
  for (const client of [alice, bob]) {
    client.close();
    assert.equal((await client.terminated).code, 1000);
  }
});

test("a newcomer cannot open the past, and who has left cannot open what comes", async () => {
  const clients = await Promise.all([server.connect(), server.connect(), server.connect()]);
  const recorders = clients.map(() => new Recorder());
  const hers = await clients[0]!.createRoom("r", "alice", recorders[0]);
  const invite = await hers.invite("forever");
  const his = await clients[1]!.join(invite, "bob", recorders[1]);
  assert.equal(await recorders[0]!.next(), "bob joined VERIFIED");
  await hers.sendToAll("before carol");
  assert.equal(await recorders[1]!.next(), "alice: before carol");
  await clients[2]!.join(invite, "carol", recorders[2]);
  assert.equal(await recorders[0]!.next(), "carol joined VERIFIED");
  assert.equal(await recorders[1]!.next(), "carol joined VERIFIED");
  await hers.sendToAll("with carol");
  assert.equal(await recorders[1]!.next(), "alice: with carol");
  assert.equal(await recorders[2]!.next(), "alice: with carol");
  await his.leave();
  assert.equal(await recorders[0]!.next(), "bob left");
  assert.equal(await recorders[2]!.next(), "bob left");
  await hers.sendToAll("without bob");
  assert.equal(await recorders[2]!.next(), "alice: without bob");
  assert.ok(!recorders[1]!.hasMore);
  clients.forEach((client) => client.close());
});

test("who is disconnected has left, and the owner's going closes the room", async () => {
  const [alice, bob, carol] = await Promise.all([server.connect(), server.connect(), server.connect()]);
  const [toAlice, toBob] = [new Recorder(), new Recorder()];
  const hers = await alice.createRoom("r", "alice", toAlice);
  const invite = await hers.invite("forever");
  const his = await bob.join(invite, "bob", toBob);
  await carol.join(invite, "carol");
  assert.equal(await toAlice.next(), "bob joined VERIFIED");
  assert.equal(await toAlice.next(), "carol joined VERIFIED");
  carol.close();
  assert.equal(await toAlice.next(), "carol disconnected");
  alice.close();
  assert.equal(await toBob.next(), "carol joined VERIFIED");
  assert.equal(await toBob.next(), "carol disconnected");
  assert.equal(await toBob.next(), "room owner-left");
  assert.ok(!his.isOpen);
  bob.close();
});

test("a spent invite lets nobody in", async () => {
  const [alice, bob] = await Promise.all([server.connect(), server.connect()]);
  const room = await alice.createRoom("r", "alice");
  const invite = await room.invite("one-time");
  const forever = await room.invite("forever");
  await bob.join(invite, "bob");
  await assert.rejects(alice.join(forever, "again"), refusal("already-joined", false));
  const carol = await server.connect();
  await assert.rejects(carol.join(invite, "carol"), refusal("bad-key", false));
  await room.resetKeys();
  await assert.rejects(carol.join(forever, "carol"), refusal("bad-key", false));
  [alice, bob, carol].forEach((client) => client.close());
});

test("many sendings at once arrive in their order", async () => {
  const [alice, bob] = await Promise.all([server.connect(), server.connect()]);
  const [toAlice, toBob] = [new Recorder(), new Recorder()];
  const room = await alice.createRoom("r", "alice", toAlice);
  await bob.join(await room.invite("one-time"), "bob", toBob);
  // Until she is told of him she speaks to nobody.
  assert.equal(await toAlice.next(), "bob joined VERIFIED");
  const texts = Array.from({ length: 1100 }, (_, i) => `text ${i}`);
  const results = Promise.all(texts.map((text) => room.sendToAll(text)));
  for (const text of texts) {
    assert.equal(await toBob.next(), `alice: ${text}`);
  }
  assert.ok((await results).every((result) => result.recipients === 1));
  [alice, bob].forEach((client) => client.close());
});

test("a server that has nothing to say is asked, answers, and is not lost", async () => {
  const listener = new Recorder();
  const answers = new Recorder();
  const transport: TransportFactory = (url, events) =>
    pinnedTransport(server.fingerprint)(url, {
      message: (text) => {
        events.message(text);
        answers.message({} as ClientRoom, { username: "server" } as Member, (JSON.parse(text) as { cmd: string }).cmd, false);
      },
      closed: (code, reason) => events.closed(code, reason),
    });
  const client = await server.connect({ silenceTimeoutMs: 2_000, listener, transport });
  // The first answer is to connecting. If the second did not count, the server would be lost instead of asked again.
  for (let i = 0; i < 3; i++) {
    assert.equal(await answers.next(), "server: hello");
  }
  assert.ok(!listener.hasMore);
  client.close();
  assert.equal((await client.terminated).code, 1000);
});

test("only the server with the right certificate is connected to", async () => {
  const other = server.fingerprint.replace(/^../, server.fingerprint.startsWith("00") ? "01" : "00");
  const untrusted = { name: "ServerNotTrustedError" };
  await assert.rejects(ResoluteClient.connect(server.url, { transport: pinnedTransport(other) }), untrusted);
  await assert.rejects(ResoluteClient.connect(server.url, { transport: wsTransport() }), untrusted);
});

test("a fingerprint is taken as the server prints it, with colons and without", async () => {
  const transport = pinnedTransport(server.fingerprint.replaceAll(":", "").toLowerCase());
  (await ResoluteClient.connect(server.url, { transport })).close();
  assert.throws(() => pinnedTransport("00"), RangeError);
});

test("what is no such server is told from nobody there", async () => {
  const wrongPath = `wss://localhost:${server.port}/v2`;
  const transport = pinnedTransport(server.fingerprint);
  await assert.rejects(ResoluteClient.connect(wrongPath, { transport }), { name: "UnsupportedServerError" });
  await assert.rejects(ResoluteClient.connect("wss://localhost:1/v1", { transport }), { name: "ConnectFailedError" });
  await assert.rejects(ResoluteClient.connect("https://localhost/v1"), TypeError);
});

test("a server that goes away is noticed", async () => {
  const doomed = await ServerProcess.start();
  const listener = new Recorder();
  const client = await doomed.connect({ listener });
  const room = await client.createRoom("r", "alice", listener);
  await doomed.stop();
  assert.equal(await listener.next(), "lost 1006");
  assert.ok(!room.isOpen);
  await assert.rejects(client.createRoom("r", "alice"), { name: "ConnectionLostError" });
  assert.equal((await client.terminated).closeCode, undefined);
});

function refusal(code: string, retryable: boolean): (failure: unknown) => boolean {
  return (failure) => {
    assert.ok(failure instanceof RequestRefusedError);
    assert.equal(failure.code, code);
    assert.equal(failure.retryable, retryable);
    return true;
  };
}
