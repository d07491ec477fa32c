import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { InvalidInviteError, Invite, JoinKey, RoomId, RoomSecret, type InviteProblem } from "../../main/js/src/index.js";

const ROOM = "R0om".repeat(8);
const KEY = "K3yS".repeat(8);
const OLD = `${ROOM}.o.${KEY}`;
const room = RoomId.parse(ROOM)!;
const key = JoinKey.parse(KEY)!;

test("a link names server, room, kind and key", () => {
  const invite = Invite.parse(`https://chat.example:5656/#${OLD}`);
  assert.equal(invite.host, "chat.example");
  assert.equal(invite.port, 5656);
  assert.equal(invite.room, ROOM);
  assert.equal(invite.kind, "one-time");
  assert.equal(invite.key, KEY);
  assert.equal(invite.secret, undefined);
  assert.equal(invite.server().href, "wss://chat.example:5656/v1");
});

test("what is written is read", () => {
  const secret = RoomSecret.generate();
  for (const kind of ["one-time", "forever"] as const) {
    const written = new Invite("[::1]", 1, room, kind, key, secret);
    const read = Invite.parse(written.toLink());
    assert.equal(read.toLink(), written.toLink());
    assert.ok(read.requireSecret().equals(secret));
  }
  const link = new Invite("chat.example", 443, room, "forever", key, secret).toLink();
  assert.equal(link, `https://chat.example:443/#${ROOM}.f.${KEY}.${secret.toText()}`);
});

test("an invite to a room of old peers is none to a sealed room", () => {
  const invite = Invite.parse(`https://chat.example/#${OLD}`);
  assert.throws(() => invite.requireSecret(), { problem: "NO_ROOM_SECRET" });
});

test("without a port it is 443", () => {
  assert.equal(Invite.parse(`https://chat.example/#${OLD}`).port, 443);
  assert.equal(Invite.parse(`https://chat.example#${OLD}`).port, 443);
  assert.equal(Invite.parse(`https://chat.example:/#${OLD}`).port, 443);
});

const HOSTS = ["chat.example", "chat.example.", "CHAT.example", "a", "1", "1.2.3.4", "[::1]", "[2001:db8::7]", "xn--a-0"];
for (const host of HOSTS) {
  test(`${host} is a host`, () => assert.equal(Invite.parse(`https://${host}/#${OLD}`).host, host));
}

const REFUSED: [string, InviteProblem][] = [
  ["", "NOT_A_LINK"],
  ["hello", "NOT_A_LINK"],
  [" https://chat.example/#SECRET", "NOT_A_LINK"],
  ["https://chat.example/#SECRET ", "NOT_A_LINK"],
  ["https://chat.example/#SECRET\n", "NOT_A_LINK"],
  ["https://chat.example/#SECRET#x", "NOT_A_LINK"],
  ["https://chat.example/#SECRET%2", "NOT_A_LINK"],
  ["https://chat.example/\\#SECRET", "NOT_A_LINK"],
  ["http://chat.example/#SECRET", "NOT_HTTPS"],
  ["wss://chat.example/v1#SECRET", "NOT_HTTPS"],
  ["https:SECRET", "HOST"],
  ["https:///#SECRET", "HOST"],
  ["https://chat_example/#SECRET", "HOST"],
  ["https://1.2.3/#SECRET", "HOST"],
  ["https://1.2.3.256/#SECRET", "HOST"],
  ["https://[::x]/#SECRET", "HOST"],
  ["https://b\u00fccher.example/#SECRET", "HOST"],
  ["https://chat.example:99999999999/#SECRET", "HOST"],
  ["https://chat.example:0/#SECRET", "PORT"],
  ["https://chat.example:65536/#SECRET", "PORT"],
  ["https://me@chat.example/#SECRET", "EXTRA_PARTS"],
  ["https://chat.example/v1#SECRET", "EXTRA_PARTS"],
  ["https://chat.example/?a=b#SECRET", "EXTRA_PARTS"],
  ["https://chat.example/?#SECRET", "EXTRA_PARTS"],
  ["https://chat.example/", "PARTS"],
  ["https://chat.example/#", "PARTS"],
  ["https://chat.example/#SECRET.more", "ROOM_SECRET"],
  ["https://chat.example/#SECRET.", "ROOM_SECRET"],
  ["https://chat.example/#SECRET.SSSSS+", "ROOM_SECRET"],
  [`https://chat.example/#SECRET.${"A".repeat(42)}B`, "ROOM_SECRET"],
  ["https://chat.example/#ROOM.o", "PARTS"],
  ["https://chat.example/#SECRET.a.b", "PARTS"],
  ["https://chat.example/#short.o.KEY", "ROOM_ID"],
  ["https://chat.example/#ROOM.x.KEY", "KIND"],
  ["https://chat.example/#ROOM.O.KEY", "KIND"],
  ["https://chat.example/#ROOM..KEY", "KIND"],
  ["https://chat.example/#ROOM.o.short", "JOIN_KEY"],
  ["https://chat.example/#ROOM.o.KEY%20", "JOIN_KEY"],
];
for (const [template, problem] of REFUSED) {
  test(`${JSON.stringify(template)} is refused: ${problem}`, () => {
    const text = template.replace("SECRET", "ROOM.o.KEY").replace("ROOM", ROOM).replace("KEY", KEY);
    assert.throws(
      () => Invite.parse(text),
      (failure) => {
        assert.ok(failure instanceof InvalidInviteError);
        assert.equal(failure.problem, problem);
        assert.doesNotMatch(failure.message, new RegExp(`${ROOM}|${KEY}|example`), "nothing is quoted");
        return true;
      },
    );
  });
}

test("printing an invite or a secret gives nothing away", () => {
  const secret = RoomSecret.generate();
  const invite = new Invite("chat.example", 443, room, "forever", key, secret);
  for (const printed of [String(invite), JSON.stringify({ invite }), inspect(invite), inspect({ invite, secret })]) {
    assert.match(printed, /\[REDACTED\]/);
    assert.ok(!printed.includes(KEY) && !printed.includes(secret.toText()));
  }
});
