import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { Bundle } from "../../main/js/src/e2ee/bundle.js";
import { Identity } from "../../main/js/src/e2ee/identity.js";
import { secureRandom, type Bytes } from "../../main/js/src/e2ee/bytes.js";
import { MAX_GAP, MAX_SKIPPED } from "../../main/js/src/e2ee/receiverChain.js";
import { RoomSecret } from "../../main/js/src/e2ee/roomSecret.js";
import { SealedEntrance } from "../../main/js/src/e2ee/sealedEntrance.js";
import type { Sealed } from "../../main/js/src/e2ee/outbox.js";
import type { Opened, SealedRoom } from "../../main/js/src/e2ee/sealedRoom.js";
import { RoomId, UserId } from "../../main/js/src/ids.js";
import { forgedKey, TORSION } from "./forgery.js";

const ROOM = RoomId.parse("R".repeat(32))!;
const secret = RoomSecret.generate();

interface Party {
  readonly id: UserId;
  readonly room: SealedRoom;
  readonly publicKey: string;
  readonly entrance: SealedEntrance;
}

async function party(letter: string, of: RoomSecret = secret, room: RoomId = ROOM): Promise<Party> {
  const entrance = await SealedEntrance.prepare(of.copy());
  const id = UserId.parse(letter.repeat(32))!;
  return { id, entrance, room: entrance.enter(room), publicKey: await entrance.publicKey() };
}

/** Everybody knows everybody. */
async function meet(...all: Party[]): Promise<void> {
  for (const one of all) {
    for (const other of all.filter((other) => other !== one)) {
      assert.equal(await one.room.admit(other.id, other.publicKey), "VERIFIED");
    }
  }
}

/** Delivers what is for this one, and returns what came of the last. */
async function deliver(sealed: readonly Sealed[], from: Party, to: Party): Promise<Opened> {
  let opened: Opened = { kind: "rejected", why: "WIPED" };
  for (const part of sealed.filter((part) => part.to === undefined || part.to === to.id)) {
    opened = await to.room.open(from.id, part.content);
  }
  return opened;
}

const text = (words: string, audience = 1, missing = 0) => ({ kind: "text", text: words, audience, missing });
const rejected = (why: string) => ({ kind: "rejected", why });

test("keys are handed out once, with the first message, and texts to one are apart", async () => {
  const [alice, bob] = [await party("A"), await party("B")];
  await meet(alice, bob);
  const first = await alice.room.sealForAll("one");
  assert.deepEqual(first.map((part) => part.isText), [false, true]);
  assert.deepEqual(await deliver(first, alice, bob), text("one"));
  const second = await alice.room.sealForAll("two");
  assert.equal(second.length, 1);
  assert.deepEqual(await deliver(second, alice, bob), text("two"));
  const aside = await alice.room.sealFor(bob.id, "psst");
  assert.deepEqual(await deliver(aside, alice, bob), text("psst", 2));
  assert.deepEqual(await bob.room.sealFor(UserId.parse("X".repeat(32))!, "nobody"), []);
});

test("a chain is replaced when it is used up", async () => {
  const [alice, bob] = [await party("A"), await party("B")];
  await meet(alice, bob);
  const sizes: number[] = [];
  for (let i = 0; i <= 1024; i++) {
    const sealed = await alice.room.sealForAll(String(i));
    sizes.push(sealed.length);
    assert.deepEqual(await deliver(sealed, alice, bob), text(String(i)));
  }
  assert.deepEqual(sizes.map((size, i) => (size === 2 ? i : -1)).filter((i) => i >= 0), [0, 1024]);
});

test("who was put in by the server, or is there again, is not verified", async () => {
  const [alice, bob, ghost] = [await party("A"), await party("B"), await party("G", RoomSecret.generate())];
  const admit = (publicKey: string, letter = "X") => alice.room.admit(UserId.parse(letter.repeat(32))!, publicKey);
  assert.equal(await admit(ghost.publicKey), "NOT_ADMITTED");
  assert.equal(await admit(alice.publicKey), "OWN_KEY");
  assert.equal(await admit("-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----\n"), "UNSUPPORTED_KEY");
  assert.equal(await admit(""), "UNSUPPORTED_KEY");
  assert.equal(await admit(bob.publicKey.replace("\n", "\r\n")), "DAMAGED_KEY");
  assert.equal(await admit(`${bob.publicKey}\n`), "DAMAGED_KEY");
  assert.equal(await admit(bob.publicKey, "B"), "VERIFIED");
  assert.equal(await admit(bob.publicKey, "B"), "VERIFIED", "being told again changes nothing");
  assert.equal(await admit(bob.publicKey, "C"), "REPEATED_KEY");
  alice.room.remove(bob.id);
  assert.equal(await admit(bob.publicKey, "B"), "REPEATED_KEY", "also of one that has left");
});

test("a bundle that is not good is damaged, though a holder of the secret admits it", async () => {
  const alice = await party("A");
  const good = (await Identity.generate(secureRandom)).bundle.encoded;
  const { PublishedKey } = await import("../../main/js/src/e2ee/publishedKey.js");
  const changes: [string, (bundle: Bytes) => unknown][] = [
    ["another version", (bundle) => (bundle[0] = 2)],
    ["a bit of the signature", (bundle) => (bundle[1300]! ^= 1)],
    ["a bit of the key", (bundle) => (bundle[100]! ^= 1)],
  ];
  for (const [what, change] of changes) {
    const bundle = good.slice();
    change(bundle);
    const publicKey = PublishedKey.toPem(bundle, await alice.entrance.admission.tag(bundle));
    assert.equal(await alice.room.admit(UserId.parse("X".repeat(32))!, publicKey), "DAMAGED_KEY", what);
  }
});

test("a bundle of a key outside the prime-order group is damaged, though its signature holds", async () => {
  const alice = await party("A");
  const { PublishedKey } = await import("../../main/js/src/e2ee/publishedKey.js");
  const kemKey = (await Identity.generate(secureRandom)).bundle.kemKey;
  for (const [torsion, status] of [[TORSION, "DAMAGED_KEY"], [undefined, "VERIFIED"]] as const) {
    const { publicKey, sign } = forgedKey(torsion);
    const signature = await sign(Bundle.signedPart(kemKey, publicKey));
    const bundle = (await Bundle.of(kemKey, publicKey, signature)).encoded;
    const pem = PublishedKey.toPem(bundle, await alice.entrance.admission.tag(bundle));
    assert.equal(await alice.room.admit(UserId.parse("X".repeat(32))!, pem), status);
  }
});

test("keys that nothing can be sealed to are damaged", async () => {
  const { accepts } = await import("../../main/js/src/e2ee/hpke.js");
  const key = (await Identity.generate(secureRandom)).bundle.kemKey;
  assert.ok(await accepts(key));
  assert.ok(!(await accepts(key.map((byte, i) => (i < 3 ? 0xff : byte)))), "a coefficient out of range");
  assert.ok(!(await accepts(key.map((byte, i) => (i < 1184 ? byte : 0)))), "a point of small order");
});

test("what is out of order is taken once, and what is missing is told", async () => {
  const [alice, bob] = [await party("A"), await party("B")];
  await meet(alice, bob);
  await deliver(await alice.room.sealForAll("0"), alice, bob);
  const sealed: Sealed[] = [];
  for (let i = 1; i <= MAX_GAP + 2; i++) {
    sealed.push((await alice.room.sealForAll(String(i)))[0]!);
  }
  const open = (i: number) => bob.room.open(alice.id, sealed[i - 1]!.content);
  assert.deepEqual(await open(MAX_GAP + 2), rejected("GAP_TOO_LARGE"));
  assert.deepEqual(await open(MAX_GAP + 1), text(String(MAX_GAP + 1), 1, MAX_GAP));
  assert.deepEqual(await open(7), text("7"));
  assert.deepEqual(await open(7), rejected("REPLAYED"));
  assert.deepEqual(await open(MAX_GAP + 1), rejected("REPLAYED"));
  assert.equal(MAX_SKIPPED, MAX_GAP);
});

test("what is said to others, elsewhere or by others is rejected", async () => {
  const [alice, bob, carol] = [await party("A"), await party("B"), await party("C")];
  await meet(alice, bob, carol);
  const sealed = await alice.room.sealForAll("hello");
  const [forBob, forCarol, message] = sealed as [Sealed, Sealed, Sealed];
  assert.deepEqual(await bob.room.open(alice.id, forCarol.content), rejected("BAD_SIGNATURE"));
  assert.deepEqual(await bob.room.open(carol.id, forBob.content), rejected("BAD_SIGNATURE"));
  assert.deepEqual(await bob.room.open(UserId.parse("X".repeat(32))!, forBob.content), rejected("NOT_VERIFIED"));
  assert.deepEqual(await bob.room.open(alice.id, message.content), rejected("UNKNOWN_KEY"));
  assert.deepEqual(await bob.room.open(alice.id, forBob.content), { kind: "key" });
  assert.deepEqual(await bob.room.open(alice.id, forBob.content), rejected("STALE_KEY"));
  assert.deepEqual(await bob.room.open(alice.id, message.content), text("hello"));
});

test("who has left holds no key of what is said then, and who comes none of what was said", async () => {
  const [alice, bob, carol] = [await party("A"), await party("B"), await party("C")];
  await meet(alice, bob);
  const past = await alice.room.sealForAll("past");
  await deliver(past, alice, bob);
  await meet(alice, carol);
  assert.deepEqual(await carol.room.open(alice.id, past[1]!.content), rejected("UNKNOWN_KEY"));
  const both = await alice.room.sealForAll("both");
  assert.deepEqual(await deliver(both, alice, carol), text("both"));
  assert.deepEqual(await carol.room.open(alice.id, past[1]!.content), rejected("BEFORE_KEY"));
  assert.deepEqual(await deliver(both, alice, bob), text("both"));
  alice.room.remove(bob.id);
  const without = await alice.room.sealForAll("without bob");
  assert.deepEqual(without.map((part) => part.to), [carol.id, undefined]);
  assert.deepEqual(await deliver(without, alice, bob), rejected("UNKNOWN_KEY"));
  assert.deepEqual(await deliver(without, alice, carol), text("without bob"));
  assert.deepEqual(await carol.room.open(alice.id, both[1]!.content), rejected("RETIRED_KEY"));
});

test("who leaves while a text is sealed is not handed the key of it", async () => {
  const [alice, bob, carol] = [await party("A"), await party("B"), await party("C")];
  await meet(alice, bob, carol);
  await deliver(await alice.room.sealForAll("both"), alice, bob);
  for (const steps of [0, 1, 2, 5, 20]) {
    const sealing = alice.room.sealForAll("one more");
    for (let i = 0; i < steps; i++) {
      await Promise.resolve();
    }
    alice.room.remove(bob.id);
    const sealed = await sealing;
    assert.ok(sealed.every((part) => part.to !== bob.id));
    assert.deepEqual(await deliver(sealed, alice, bob), rejected("UNKNOWN_KEY"));
    assert.deepEqual(await deliver(sealed, alice, carol), text("one more"));
  }
});

test("a room that is wiped in the middle of a sealing sends nothing", async () => {
  const [alice, bob] = [await party("A"), await party("B")];
  await meet(alice, bob);
  const sealing = alice.room.sealForAll("never").catch(() => []);
  alice.room.wipe();
  assert.deepEqual(await sealing, []);
  assert.deepEqual(await alice.room.open(bob.id, ""), rejected("WIPED"));
  assert.equal(await alice.room.admit(bob.id, bob.publicKey), "NOT_ADMITTED");
});

test("what may not have been sent is followed by new keys for all", async () => {
  const [alice, bob] = [await party("A"), await party("B")];
  await meet(alice, bob);
  await deliver(await alice.room.sealForAll("one"), alice, bob);
  await alice.room.sealForAll("lost");
  alice.room.renew();
  const sealed = await alice.room.sealForAll("three");
  assert.equal(sealed.length, 2);
  assert.deepEqual(await deliver(sealed, alice, bob), text("three"));
});

test("names are the member's own, and the room's", async () => {
  const [alice, bob, carol] = [await party("A"), await party("B"), await party("C")];
  await meet(alice, bob, carol);
  const sealed = await bob.entrance.sealUsername("bob");
  assert.equal(await alice.room.usernameOf(bob.id, sealed), "bob");
  assert.equal(await alice.room.usernameOf(carol.id, sealed), undefined);
  assert.equal(await alice.room.roomName(sealed), undefined);
  assert.equal(await alice.room.roomName(await bob.entrance.sealRoomName("here")), "here");
  assert.equal(await alice.room.roomName("plain"), undefined);
  await assert.rejects(alice.entrance.sealUsername("x".repeat(512)), RangeError);
  await assert.rejects(alice.room.sealForAll("\ud83d"), RangeError);
});

test("what holds keys shows none", async () => {
  const alice = await party("A");
  const invite = secret.toText();
  for (const shown of [inspect(alice, { depth: 9 }), JSON.stringify(alice), String(alice.room), String(alice.entrance)]) {
    assert.match(shown, /\[REDACTED\]/);
    assert.ok(!shown.includes(invite));
  }
});
