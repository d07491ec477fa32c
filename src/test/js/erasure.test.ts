import assert from "node:assert/strict";
import { test } from "node:test";
import { secureRandom, type Bytes } from "../../main/js/src/e2ee/bytes.js";
import { RoomSecret } from "../../main/js/src/e2ee/roomSecret.js";
import { SealedEntrance } from "../../main/js/src/e2ee/sealedEntrance.js";
import { JoinKey, UserId } from "../../main/js/src/ids.js";
import { Invite } from "../../main/js/src/invite.js";
import { FakeServer, KEY, ROOM } from "./fakeServer.js";

const BOB = UserId.parse("B".repeat(32))!;

/** A source that keeps what it gave, to see whether it is erased: seeds, chain keys, encapsulation seeds. */
function watched(): { random: (length: number) => Bytes; secrets: Bytes[] } {
  const secrets: Bytes[] = [];
  return {
    secrets,
    random: (length) => {
      const bytes = secureRandom(length);
      // Shorter ones are nonces and the ids of chains.
      if (length >= 32) {
        secrets.push(bytes);
      }
      return bytes;
    },
  };
}

const isErased = (bytes: Bytes) => bytes.every((byte) => byte === 0);

test("nothing that was drawn for a room is left when it ends", async () => {
  const { random, secrets } = watched();
  const secret = new RoomSecret(random(32));
  const alice = await SealedEntrance.prepare(secret.copy(), random);
  const bob = await SealedEntrance.prepare(secret.copy());
  const room = alice.enter(ROOM);
  await room.admit(BOB, await bob.publicKey());
  await room.sealForAll("one");
  await room.sealFor(BOB, "two");
  const [own, , signing, ...rest] = secrets as [Bytes, Bytes, Bytes, ...Bytes[]];
  assert.ok(isErased(signing), "the signing key is WebCrypto's");
  assert.equal(rest.length, 4, "two chains, each handed out");
  assert.ok(rest.filter((bytes) => bytes.length === 64).every(isErased), "the seeds of encapsulations");
  room.wipe();
  assert.deepEqual(secrets.filter((bytes) => !isErased(bytes)), [own], "the invite's own copy");
});

test("a chain is erased when somebody leaves", async () => {
  const { random, secrets } = watched();
  const secret = RoomSecret.generate();
  const room = (await SealedEntrance.prepare(secret.copy(), random)).enter(ROOM);
  await room.admit(BOB, await (await SealedEntrance.prepare(secret.copy())).publicKey());
  await room.sealForAll("one");
  const chain = secrets[2]!;
  assert.ok(!isErased(chain));
  room.remove(BOB);
  assert.ok(isErased(chain));
});

test("a client that is closed keeps no secret of a room that it cannot make or enter", async (t) => {
  const client = await new FakeServer().connect();
  client.close();
  await client.terminated;
  const secrets: Bytes[] = [];
  const copies: RoomSecret[] = [];
  const copy = RoomSecret.prototype.copy;
  t.mock.method(RoomSecret, "generate", () => {
    const bytes = secureRandom(32);
    secrets.push(bytes);
    return new RoomSecret(bytes);
  });
  t.mock.method(RoomSecret.prototype, "copy", function (this: RoomSecret) {
    const copied = copy.call(this);
    copies.push(copied);
    return copied;
  });
  await assert.rejects(client.createRoom("name", "alice"), { name: "ConnectionLostError" });
  const invite = new Invite("localhost", 5656, ROOM, "forever", JoinKey.parse(KEY)!, RoomSecret.generate());
  await assert.rejects(client.join(invite, "bob"), { name: "ConnectionLostError" });
  const [made, invited] = secrets as [Bytes, Bytes];
  assert.ok(isErased(made));
  assert.ok(!isErased(invited), "the invite's own");
  assert.throws(() => copies[0]!.toText(), /wiped/);
});
