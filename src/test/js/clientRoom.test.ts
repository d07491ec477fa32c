import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { ResoluteClient, RoomSecret, type ClientRoom } from "../../main/js/src/index.js";
import { created, FakeServer, joined, KEY, Peer, ROOM, SELF } from "./fakeServer.js";
import { Recorder } from "./recorder.js";

/** A room that the client has made. */
async function owned(server: FakeServer, client: ResoluteClient, recorder: Recorder): Promise<ClientRoom> {
  const creating = client.createRoom("tea", "alice", recorder);
  server.push(created(await server.next("create-room")));
  return creating;
}

async function secretOf(server: FakeServer, room: ClientRoom): Promise<RoomSecret> {
  const inviting = room.invite("forever");
  const data = { room_id: ROOM, forever_join_key: KEY };
  server.answer(await server.next("room-key-forever"), "room-key-forever", data);
  return (await inviting).requireSecret();
}

async function setUp(): Promise<{
  server: FakeServer;
  client: ResoluteClient;
  recorder: Recorder;
  room: ClientRoom;
  secret: RoomSecret;
}> {
  const server = new FakeServer();
  const client = await server.connect();
  const recorder = new Recorder();
  const room = await owned(server, client, recorder);
  return { server, client, recorder, room, secret: await secretOf(server, room) };
}

const sent = (recipients: number) => ({ room_id: ROOM, recipients });

test("a text is sent once to all, behind the keys of those who have none", async () => {
  const { server, client, recorder, room, secret } = await setUp();
  const bob = await Peer.make("B", "bob", secret);
  server.push(bob.joins);
  assert.equal(await recorder.next(), "bob joined VERIFIED");
  const sending = room.sendToAll("hello");
  const key = await server.next("send-message");
  assert.equal(key.data["to_user_id"], bob.id);
  const text = await server.next("send-message");
  assert.ok(!("to_user_id" in text.data));
  server.answer(text, "message-sent", sent(5));
  server.answer(key, "message-sent", sent(1));
  assert.deepEqual(await sending, { recipients: 1, unreached: [] }, "no more than can read it");
  client.close();
});

test("a key that the server refused a member is handed out again, though nobody has left", async () => {
  const { server, client, room, secret } = await setUp();
  const bob = await Peer.make("B", "bob", secret);
  server.push(bob.joins);
  const first = room.sendToAll("one");
  server.refuse(await server.next("send-message"), "no-such-member");
  server.answer(await server.next("send-message"), "message-sent", sent(1));
  assert.deepEqual((await first).unreached.map((member) => member.username), ["bob"]);
  const second = room.sendToAll("two");
  const key = await server.next("send-message");
  assert.equal(key.data["to_user_id"], bob.id);
  server.answer(key, "message-sent", sent(1));
  server.answer(await server.next("send-message"), "message-sent", sent(1));
  assert.deepEqual((await second).unreached, []);
  client.close();
});

test("a sending that fails is followed by new keys", async () => {
  const { server, client, room, secret } = await setUp();
  server.push((await Peer.make("B", "bob", secret)).joins);
  const first = room.sendToAll("one");
  server.refuse(await server.next("send-message"), "unavailable");
  server.answer(await server.next("send-message"), "message-sent", sent(1));
  await assert.rejects(first, { name: "RequestRefusedError", code: "unavailable", retryable: true });
  const second = room.sendToAll("two");
  server.answer(await server.next("send-message"), "message-sent", sent(1));
  server.answer(await server.next("send-message"), "message-sent", sent(1));
  assert.equal((await second).recipients, 1);
  client.close();
});

test("who cannot be reached is named, and a text to them is refused", async () => {
  const { server, client, recorder, room } = await setUp();
  const ghost = await Peer.make("G", "ghost", RoomSecret.generate());
  server.push(ghost.joins);
  assert.equal(await recorder.next(), " joined NOT_ADMITTED");
  assert.deepEqual(await room.sendToAll("hello"), { recipients: 0, unreached: room.members });
  await assert.rejects(room.sendTo(room.members[0]!, "hello"), { name: "MemberUnreachableError" });
  assert.ok(!server.hasMore, "nothing is sent to one who may be the server's");
  client.close();
});

test("who gets the id of one who is gone is not sent what is for that one alone", async () => {
  const { server, client, recorder, room, secret } = await setUp();
  server.push((await Peer.make("B", "bob", secret)).joins);
  assert.equal(await recorder.next(), "bob joined VERIFIED");
  const gone = room.members[0]!;
  server.push((await Peer.make("B", "bob", secret)).joins);
  assert.equal(await recorder.next(), "bob disconnected");
  assert.equal(await recorder.next(), "bob joined VERIFIED");
  await assert.rejects(room.sendTo(gone, "psst"), { name: "MemberUnreachableError" });
  assert.ok(!server.hasMore, "nothing is sent to somebody else");
  client.close();
});

test("a text that is too long, or no text, is refused before anything is sent", async () => {
  const { server, client, room } = await setUp();
  await assert.rejects(room.sendToAll("x".repeat(32_768)), { name: "MessageTooLongError", length: 32_768, limit: 32_767 });
  await assert.rejects(room.sendToAll("\ud83d"), RangeError);
  await assert.rejects(client.createRoom("x".repeat(512), "u"), RangeError);
  await assert.rejects(client.createRoom("r", "\ude00"), RangeError);
  assert.ok(!server.hasMore);
  client.close();
});

test("one is out of a room at once, whatever the server answers", async () => {
  const { server, client, recorder, room } = await setUp();
  const leaving = room.leave();
  const leave = await server.next("leave-room");
  await assert.rejects(room.sendToAll("hello"), { name: "RoomEndedError" });
  server.push({ cmd: "room-closed", data: { room_id: ROOM, reason: "closed" } });
  server.refuse(leave, "unavailable");
  await assert.rejects(leaving, { name: "RequestRefusedError" });
  assert.ok(!room.isOpen && !recorder.hasMore);
  client.close();
});

test("a room that is gone already is left", async () => {
  const { server, client, room } = await setUp();
  const leaving = room.leave();
  server.refuse(await server.next("leave-room"), "not-found");
  await leaving;
  client.close();
});

test("who is not the owner cannot close the room, and stays in it", async () => {
  const server = new FakeServer();
  const client = await server.connect();
  const { room } = await joined(server, client, []);
  await assert.rejects(room.close(), { name: "RequestRefusedError", code: "forbidden" });
  assert.ok(room.isOpen && !server.hasMore);
  client.close();
});

test("no invite is made of a secret that is erased", async () => {
  const { server, client, room, recorder } = await setUp();
  const inviting = room.invite("one-time");
  const request = await server.next("room-key-onetime");
  server.push({ cmd: "room-closed", data: { room_id: ROOM, reason: "expired" } });
  server.answer(request, "room-key-onetime", { room_id: ROOM, one_time_key: KEY });
  await assert.rejects(inviting, { name: "RoomEndedError" });
  assert.equal(await recorder.next(), "room expired");
  client.close();
});

test("a room that one is in is not entered a second time", async () => {
  const { server, client, recorder, room, secret } = await setUp();
  const again = client.createRoom("tea", "alice", recorder);
  server.push(created(await server.next("create-room")));
  await assert.rejects(again, { name: "UnsupportedServerError" });
  server.push((await Peer.make("B", "bob", secret)).joins);
  assert.equal(await recorder.next(), "bob joined VERIFIED");
  client.close();
  await client.terminated;
  assert.ok(!room.isOpen);
});

test("being told of a member again is no event, and another under its id is somebody else", async () => {
  const { server, client, recorder, room, secret } = await setUp();
  const [dave, other] = [await Peer.make("D", "dave", secret), await Peer.make("D", "dave", secret)];
  server.push(dave.joins);
  server.push(dave.joins);
  server.push(other.joins);
  assert.equal(await recorder.next(), "dave joined VERIFIED");
  assert.equal(await recorder.next(), "dave disconnected");
  assert.equal(await recorder.next(), "dave joined VERIFIED");
  assert.equal(room.members.length, 1);
  client.close();
});

test("a server that names more members than there can be is not believed", async () => {
  const server = new FakeServer();
  const client = await server.connect({ maxIncomingBytes: 1 << 25 });
  const user = (i: number) => ({ user_id: String(i).padStart(32, "0"), username: "", public_key_string: "" });
  const crowd = Array.from({ length: 100_001 }, (_, i) => ({ user: user(i) }) as unknown as Peer);
  await assert.rejects(joined(server, client, crowd), { name: "UnsupportedServerError" });
  client.close();
});

test("answers that nobody asked for make this client leave, but no room that it is in", async () => {
  const { server, client, recorder, secret } = await setUp();
  const unasked = (room: string) => {
    const data = { user_id: SELF, room_id: room, room_name: "", users: [] };
    server.push({ cmd: "joined", id: "x", data });
  };
  const other = "O".repeat(32);
  unasked(ROOM);
  unasked(other);
  assert.deepEqual((await server.next("leave-room")).data, { room_id: other });
  server.push((await Peer.make("B", "bob", secret)).joins);
  assert.equal(await recorder.next(), "bob joined VERIFIED");
  client.close();
});

test("what comes before a join is answered to is not of the room, and what comes after is", async () => {
  const server = new FakeServer();
  const client = await server.connect();
  const recorder = new Recorder();
  const secret = RoomSecret.generate();
  const [bob, carol] = [await Peer.make("B", "bob", secret), await Peer.make("C", "carol", secret)];
  server.push(carol.joins);
  const { room } = await joined(server, client, [bob], recorder, secret, [carol.joins]);
  assert.equal(await recorder.next(), "carol joined VERIFIED");
  assert.deepEqual(room.members.map((member) => member.username), ["bob", "carol"]);
  client.close();
});

test("who was there on entry is told apart from those who came later, also once gone", async () => {
  const server = new FakeServer();
  const client = await server.connect();
  const recorder = new Recorder();
  const secret = RoomSecret.generate();
  const [bob, carol] = [await Peer.make("B", "bob", secret), await Peer.make("C", "carol", secret)];
  const { room } = await joined(server, client, [bob], recorder, secret, [carol.joins]);
  assert.equal(await recorder.next(), "carol joined VERIFIED");
  const [first] = room.members;
  server.push(bob.leaves);
  assert.equal(await recorder.next(), "bob left");
  assert.deepEqual(room.membersOnEntry, [first]);
  client.close();
  await client.terminated;
  assert.deepEqual(room.membersOnEntry, []);
});

test("printing a member or a room names nobody", async () => {
  const { server, client, recorder, room, secret } = await setUp();
  server.push((await Peer.make("B", "bob", secret)).joins);
  await recorder.next();
  const printed = [inspect(room.members), inspect({ room, client }), String(room), String(room.members[0])];
  const shown = [...printed, JSON.stringify(room.members)].join();
  assert.doesNotMatch(shown, /bob|tea|alice/);
  assert.match(shown, /Member\[VERIFIED\].*ClientRoom\[open\]/s);
  client.close();
});
