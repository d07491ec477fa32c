import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode, MalformedFrameError } from "../../main/js/src/wire.js";

const ROOM = "R".repeat(32);
const USER = "U".repeat(32);
const KEY = "K".repeat(32);
const MESSAGE = `{"cmd":"send-message","data":{"room_id":"${ROOM}","user_id":"${USER}","username":"u","content":"c"}}`;

test("a request is written with its id", () => {
  const text = encode({ cmd: "leave-room", data: { room_id: ROOM } }, "7");
  assert.deepEqual(JSON.parse(text), { cmd: "leave-room", id: "7", data: { room_id: ROOM } });
});

test("events have no id, and fields that are not known are ignored", () => {
  const packet = { type: "message", room: ROOM, sender: USER, username: "u", content: "c" };
  assert.deepEqual(decode(MESSAGE), { id: undefined, packet });
  assert.deepEqual(decode(MESSAGE.replace('"cmd"', '"new":{"cmd":[1]},"cmd"')), { id: undefined, packet });
});

test("an event that is not known is ignored", () => {
  assert.equal(decode('{"cmd":"weather","data":{"rain":true}}'), undefined);
});

test("the answer to create-room has no data", () => {
  const room = { room_id: ROOM, owner_id: USER, name: "n", users: {} };
  const frame = decode(JSON.stringify({ cmd: "create-room", id: "1", room, client_room_id: "c" }));
  assert.deepEqual(frame, { id: "1", packet: { type: "roomCreated", room: ROOM, owner: USER, name: "n" } });
});

test("keys are called differently", () => {
  const data = { room_id: ROOM, one_time_key: KEY, forever_join_key: KEY };
  for (const [cmd, kind] of [["room-key-onetime", "one-time"], ["room-key-forever", "forever"]]) {
    assert.deepEqual(decode(JSON.stringify({ cmd, data }))?.packet, { type: "keyIssued", room: ROOM, kind, key: KEY });
  }
});

test("an error code or a reason that is not known becomes the nearest that is", () => {
  const error = { cmd: "join-room-error", id: "1", data: { code: "tired", msg: "m" } };
  assert.deepEqual(decode(JSON.stringify(error))?.packet, { type: "failure", code: "unavailable" });
  const left = { cmd: "user-left", data: { room_id: ROOM, user_id: USER, reason: "abducted" } };
  assert.deepEqual(decode(JSON.stringify(left))?.packet, {
    type: "userLeft",
    room: ROOM,
    user: USER,
    reason: "disconnected",
  });
  const closed = { cmd: "room-closed", data: { room_id: ROOM, reason: "burnt" } };
  assert.deepEqual(decode(JSON.stringify(closed))?.packet, { type: "roomClosed", room: ROOM, reason: "closed" });
});

const user = (fields: object) => ({ cmd: "joined", data: { user_id: USER, room_id: ROOM, room_name: "", ...fields } });
const MALFORMED: [string, string][] = [
  ["nothing", ""],
  ["no JSON", "hello"],
  ["two objects", `${MESSAGE}${MESSAGE}`],
  ["an array", `[${MESSAGE}]`],
  ["null", "null"],
  ["no command", '{"data":{}}'],
  ["a command that is a number", '{"cmd":1}'],
  ["a repeated field", MESSAGE.replace('"username":"u"', '"username":"u","username":"u"')],
  ["a repeated field in other spelling", MESSAGE.replace('"username":"u"', '"username":"u","\\u0075sername" :"v"')],
  ["deep nesting", `{"cmd":"weather","x":${"[".repeat(16)}${"]".repeat(16)}}`],
  ["no room", MESSAGE.replace(ROOM, "short")],
  ["a user that is null", MESSAGE.replace(`"${USER}"`, "null")],
  ["no content", MESSAGE.replace('"content"', '"contents"')],
  ["content of the prototype", MESSAGE.replace('"content":"c"', '"__proto__":{"content":"c"}')],
  ["data that is an array", '{"cmd":"send-message","data":[]}'],
  ["no users", JSON.stringify(user({}))],
  ["users that are no array", JSON.stringify(user({ users: {} }))],
  ["a user without a key", JSON.stringify(user({ users: [{ user_id: USER, username: "" }] }))],
  ["recipients that are no integer", `{"cmd":"message-sent","data":{"room_id":"${ROOM}","recipients":1.5}}`],
  ["recipients without bounds", `{"cmd":"message-sent","data":{"room_id":"${ROOM}","recipients":1e300}}`],
  ["an error without a code", '{"cmd":"error","data":{"msg":"m"}}'],
  ["an error of a room of another form", '{"cmd":"error","data":{"code":"not-found","msg":"m","room_id":null}}'],
];
for (const [what, frame] of MALFORMED) {
  test(`${what}: malformed, and not quoted`, () => {
    assert.throws(
      () => decode(frame),
      (failure) => failure instanceof MalformedFrameError && !failure.message.includes(USER),
    );
  });
}

test("names in strings are no fields", () => {
  const text = String.raw`{\"cmd\":{\"cmd\":`;
  const frame = decode(MESSAGE.replace('"content":"c"', `"content":"${text}"`));
  assert.equal(frame?.packet.type === "message" && frame.packet.content, '{"cmd":{"cmd":');
});
