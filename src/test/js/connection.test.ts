import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { RequestTimeoutError, ResoluteClient, RoomSecret } from "../../main/js/src/index.js";
import { created, FakeServer, joined, Peer, ROOM, SELF } from "./fakeServer.js";
import { Recorder } from "./recorder.js";

test("a client is who the server says, within its limits", async () => {
  const client = await new FakeServer().connect();
  assert.equal(client.userId, SELF);
  assert.equal(client.limits.get("message"), 65536);
  client.close();
  assert.equal((await client.terminated).code, 1000);
});

for (const code of ["bad-packet", "unknown-command", "unsupported-version"]) {
  test(`a server that answers hello with ${code} is of another kind`, async () => {
    const server = new FakeServer();
    const connecting = ResoluteClient.connect("wss://localhost/v1", { transport: server.transport });
    server.refuse(await server.next("hello"), code);
    await assert.rejects(connecting, { name: "UnsupportedServerError" });
    await sleep(0);
    assert.ok(server.isClosed);
  });
}

test("a server that answers in no frame is of another kind", async () => {
  const server = new FakeServer();
  const connecting = ResoluteClient.connect("wss://localhost/v1", { transport: server.transport });
  await server.next("hello");
  server.pushText("HTTP/1.1 200 OK");
  await assert.rejects(connecting, { name: "UnsupportedServerError" });
});

test("a server that does not answer hello is of another kind", async () => {
  const { transport } = new FakeServer();
  const connecting = ResoluteClient.connect("wss://localhost/v1", { transport, requestTimeoutMs: 20 });
  await assert.rejects(connecting, { name: "UnsupportedServerError" });
});

test("a transport that opens too late is closed again", async () => {
  const server = new FakeServer();
  const transport = async (...all: Parameters<typeof server.transport>) => {
    await sleep(40);
    return server.transport(...all);
  };
  const connecting = ResoluteClient.connect("wss://localhost/v1", { transport, connectTimeoutMs: 10 });
  await assert.rejects(connecting, { name: "ConnectFailedError" });
  await sleep(60);
  assert.ok(server.isClosed);
});

test("a transport that throws is a failure to connect", async () => {
  const transport = () => {
    throw new SyntaxError("no");
  };
  await assert.rejects(ResoluteClient.connect("wss://localhost/v1", { transport }), { name: "ConnectFailedError" });
});

const MALFORMED = ['{"cmd":"user-left","data":{}}', "no JSON", '{"cmd":"x","cmd":"x"}'];
for (const frame of MALFORMED) {
  test(`${frame} ends the connection`, async () => {
    const server = new FakeServer();
    const listener = new Recorder();
    const client = await server.connect({ listener });
    server.pushText(frame);
    assert.equal(await listener.next(), "lost 1006");
    assert.ok(server.isClosed);
    await assert.rejects(client.createRoom("r", "u"), { name: "ConnectionLostError" });
  });
}

test("a message too long ends the connection", async () => {
  const server = new FakeServer();
  const client = await server.connect({ maxIncomingBytes: 300 });
  server.pushText(`{"cmd":"x","y":"${"z".repeat(300)}"}`);
  assert.match((await client.terminated).message, /too long/);
});

test("how the server closed is told, in the catalogue's words", async () => {
  const server = new FakeServer();
  const client = await server.connect();
  server.lose(4000, "you are <b>slow</b>");
  const why = await client.terminated;
  assert.equal(why.code, 4000);
  assert.equal(why.closeCode?.reconnect, "as-needed");
  assert.equal(why.reason, "you are <b>slow</b>");
  assert.ok(!why.message.includes("<b>"));
});

test("a silent server is asked for a sign of life, and lost if it gives none", async () => {
  const server = new FakeServer();
  const client = await server.connect({ silenceTimeoutMs: 80 });
  server.welcome(await server.next("hello"));
  await server.next("hello");
  assert.match((await client.terminated).message, /nothing is heard/);
});

test("what waits for an answer fails when the connection ends", async () => {
  const server = new FakeServer();
  const client = await server.connect();
  const creating = client.createRoom("r", "u");
  await server.next("create-room");
  client.close();
  await assert.rejects(creating, { name: "ConnectionLostError", code: 1000 });
});

test("nothing more is sent than may wait", async () => {
  const server = new FakeServer();
  const client = await server.connect({ maxQueuedBytes: 10_000 });
  server.bufferedAmount = 9_000;
  await assert.rejects(client.createRoom("r", "u"), { name: "SendQueueFullError" });
  assert.ok(!server.hasMore);
  client.close();
});

test("listeners that are too slow cost the connection, and not the memory", async () => {
  const server = new FakeServer();
  const client = await server.connect({ maxQueuedBytes: 10_000, maxIncomingBytes: 10_000 });
  const bob = await Peer.make("B", "bob", RoomSecret.generate());
  await joined(server, client, [], { unreadable: () => new Promise(() => undefined) });
  const event = { cmd: "send-message", data: { room_id: ROOM, user_id: bob.id, username: "", content: "?" } };
  for (let i = 0; i < 2000; i++) {
    server.push(event);
    if (i % 100 === 0) {
      await sleep(1);
    }
  }
  assert.match((await client.terminated).message, /more than this client/);
});

test("a room that was entered after the request was given up is left again", async () => {
  const server = new FakeServer();
  const client = await server.connect({ requestTimeoutMs: 20 });
  const creating = client.createRoom("r", "u");
  const request = await server.next("create-room");
  await assert.rejects(creating, RequestTimeoutError);
  server.push(created(request));
  const left = await server.next("leave-room");
  assert.deepEqual(left.data, { room_id: ROOM });
  client.close();
});

test("an answer to another question is an error of that request alone", async () => {
  const server = new FakeServer();
  const client = await server.connect();
  const creating = client.createRoom("r", "u");
  server.answer(await server.next("create-room"), "leave-room", { room_id: ROOM });
  await assert.rejects(creating, { name: "UnsupportedServerError" });
  await joined(server, client, []);
  client.close();
});

test("what a listener throws is nobody else's business", async (t) => {
  const warned = t.mock.method(console, "warn", () => undefined);
  const server = new FakeServer();
  const client = await server.connect();
  const { secret } = await joined(server, client, [], {
    memberJoined: () => {
      throw new Error("oops");
    },
    memberLeft: () => client.close(),
  });
  const bob = await Peer.make("B", "bob", secret);
  server.push(bob.joins);
  server.push(bob.leaves);
  assert.equal((await client.terminated).code, 1000);
  assert.equal(warned.mock.callCount(), 1);
});

test("a listener may wait for the answer to what it asks", async () => {
  const server = new FakeServer();
  const client = await server.connect();
  const told: string[] = [];
  const { secret } = await joined(server, client, [], {
    memberJoined: async (room) => {
      told.push("joined");
      await room.listMembers();
      told.push("listed");
    },
    memberLeft: () => {
      told.push("left");
      client.close();
    },
  });
  const bob = await Peer.make("B", "bob", secret);
  server.push(bob.joins);
  server.push(bob.leaves);
  server.answer(await server.next("list-members"), "list-members", { room_id: ROOM, owner_id: SELF, users: [] });
  await client.terminated;
  assert.deepEqual(told, ["joined", "listed", "left"]);
});
