import assert from "node:assert/strict";
import { test } from "node:test";
import { Admission } from "../../main/js/src/e2ee/admission.js";
import { open } from "../../main/js/src/e2ee/aead.js";
import { AUDIENCE } from "../../main/js/src/e2ee/audience.js";
import { Bundle } from "../../main/js/src/e2ee/bundle.js";
import { BundleHash } from "../../main/js/src/e2ee/bundleHash.js";
import { readInt4 } from "../../main/js/src/e2ee/bytes.js";
import { ChainKey } from "../../main/js/src/e2ee/chainKey.js";
import { Envelope } from "../../main/js/src/e2ee/envelope.js";
import { Handout } from "../../main/js/src/e2ee/handout.js";
import { Identity } from "../../main/js/src/e2ee/identity.js";
import { hkdf, sha512 } from "../../main/js/src/e2ee/kdf.js";
import { LABEL } from "../../main/js/src/e2ee/label.js";
import { Padding } from "../../main/js/src/e2ee/padding.js";
import { PublishedKey } from "../../main/js/src/e2ee/publishedKey.js";
import { RoomSecret } from "../../main/js/src/e2ee/roomSecret.js";
import { safetyNumberOf } from "../../main/js/src/e2ee/safetyNumber.js";
import { SealedEntrance } from "../../main/js/src/e2ee/sealedEntrance.js";
import { SealedMessage } from "../../main/js/src/e2ee/sealedMessage.js";
import { SealedName } from "../../main/js/src/e2ee/sealedName.js";
import { SenderChain } from "../../main/js/src/e2ee/senderChain.js";
import { Speaker } from "../../main/js/src/e2ee/speaker.js";
import { RoomId, UserId } from "../../main/js/src/ids.js";
import { fixedRandom, toHex, Vector } from "./vectors.js";

const files = (folder: string) => ({
  identity: Vector.file(`${folder}identity.json`),
  admission: Vector.file(`${folder}admission.json`),
  handout: Vector.file(`${folder}handout.json`),
  message: Vector.file(`${folder}message.json`),
  names: Vector.file(`${folder}names.json`),
});
const { admission, handout } = files("");

for (const [folder, by] of [["", ""], ["typescript/", ", also what this client has written"]] as const) {
  const { identity, admission, handout, message, names } = files(folder);

  test(`an identity is that of its seeds${by}`, async () => {
    const bundle = (await Identity.of(identity.bytes("kem_seed"), identity.bytes("sig_seed"))).bundle;
    assert.deepEqual(bundle.encoded, identity.bytes("bundle"));
    assert.deepEqual(bundle.kemKey, identity.bytes("kem_public"));
    assert.deepEqual(bundle.hash.bytes, identity.bytes("bundle_hash"));
    const signed = Bundle.signedPart(identity.bytes("kem_public"), identity.bytes("sig_public"));
    assert.deepEqual(signed, identity.bytes("signed"));
    assert.ok(await Bundle.parse(identity.bytes("bundle")));
  });

  test(`a room secret admits${by}`, async () => {
    const secret = RoomSecret.parse(admission.text("room_secret_text"))!;
    assert.ok(secret.equals(new RoomSecret(admission.bytes("room_secret"))));
    assert.equal(secret.toText(), admission.text("room_secret_text"));
    assert.deepEqual(await secret.derive(LABEL.ADMISSION), admission.bytes("k_admit"));
    assert.deepEqual(await secret.derive(LABEL.METADATA), admission.bytes("k_meta"));
    const tags = await Admission.of(secret);
    assert.deepEqual(await tags.tag(admission.bytes("bundle")), admission.bytes("tag"));
    assert.ok(await tags.verifies(admission.bytes("bundle"), admission.bytes("tag")));
    const pem = admission.text("public_key");
    assert.equal(PublishedKey.toPem(admission.bytes("bundle"), admission.bytes("tag")), pem);
    const published = PublishedKey.parse(pem)!;
    assert.deepEqual(published.bundle, admission.bytes("bundle"));
    assert.deepEqual(published.admission, admission.bytes("tag"));
  });

  test(`names are sealed and opened${by}`, async () => {
    const all = names;
    const sealer = await SealedName.of(new RoomSecret(admission.bytes("room_secret")));
    const user = all.object("username");
    const alice = (await Identity.of(identity.bytes("kem_seed"), identity.bytes("sig_seed"))).bundle.hash;
    assert.deepEqual(alice.bytes, user.bytes("bundle_hash"));
    const sealed = await sealer.sealUsername(user.text("name"), alice, fixedRandom(user.bytes("nonce")));
    assert.equal(sealed, user.text("sealed"));
    assert.equal(await sealer.openUsername(sealed, alice), user.text("name"));
    const room = all.object("room_name");
    const sealedName = await sealer.sealRoomName(room.text("name"), fixedRandom(room.bytes("nonce")));
    assert.equal(sealedName, room.text("sealed"));
    assert.equal(await sealer.openRoomName(sealedName), room.text("name"));
    assert.equal(await sealer.openRoomName(sealed), undefined);
    for (const one of [user, room]) {
      const padded = await open(all.bytes("k_meta"), one.bytes("nonce"), one.bytes("aad"), one.bytes("ciphertext"));
      assert.deepEqual(padded, one.bytes("padded"));
      assert.deepEqual(Padding.NAME.pad(one.text("name")), padded);
    }
  });

  test(`a handout is sealed and opened${by}`, async () => {
    const recipient = (await Bundle.parse(handout.bytes("recipient_bundle")))!;
    const sender = await speaker(handout, "sender", fixedRandom(handout.bytes("encapsulation_seed")));
    const sealed = await Handout.seal(sender, recipient, AUDIENCE.ROOM, chainOf(handout));
    const body = toHex(sealed.body);
    assert.equal(body.slice(0, 2240), handout.text("enc"));
    assert.equal(body.slice(2240, -128), handout.text("ciphertext"));
    assert.equal(body.slice(-128), handout.text("sig"));
    assert.equal(sealed.encode(), handout.text("content"));
    const receiver = await speaker(handout, "recipient");
    const opened = await Handout.open(receiver, sender.identity.bundle, Envelope.parse(handout.text("content")));
    assert.deepEqual(opened.chain.bytes, handout.bytes("chain_id"));
    assert.equal(opened.index, handout.number("index"));
    assert.deepEqual(opened.key, handout.bytes("chain_key"));
  });

  test(`a message is sealed and opened${by}`, async () => {
    const sender = await speaker(message, "sender");
    const padded = Padding.MESSAGE.pad(message.text("text"));
    assert.deepEqual(padded, message.bytes("padded"));
    const keys = await hkdf(message.bytes("message_key"), LABEL.MESSAGE_KEY, 44);
    assert.equal(toHex(keys), message.text("key") + message.text("nonce"));
    const plain = await open(
      message.bytes("key"),
      message.bytes("nonce"),
      message.bytes("aad"),
      message.bytes("ciphertext"),
    );
    assert.deepEqual(plain, padded);
    assert.deepEqual(await sender.identity.sign(message.bytes("signed")), message.bytes("sig"));
    const sealed = await SealedMessage.seal(sender, AUDIENCE.ROOM, chainOf(message), padded);
    assert.equal(sealed.encode(), message.text("content"));
    const read = await SealedMessage.read(sender, sender.identity.bundle, Envelope.parse(message.text("content")));
    assert.deepEqual(read.chain.bytes, message.bytes("chain_id"));
    assert.equal(read.index, message.number("index"));
    const messageKey = message.bytes("message_key");
    assert.equal(await read.open(messageKey), message.text("text"));
    assert.ok(messageKey.every((byte) => byte === 0), "the key is erased");
  });
}

test("texts are padded", () => {
  const padding = Vector.file("padding.json");
  for (const [sizes, kind] of [["message_sizes", Padding.MESSAGE], ["name_sizes", Padding.NAME]] as const) {
    for (const one of padding.objects(sizes)) {
      assert.equal(kind.pad("x".repeat(one.number("text_bytes"))).length, one.number("padded_bytes"));
    }
  }
  for (const one of padding.objects("names")) {
    assert.deepEqual(Padding.NAME.pad(one.text("text")), one.bytes("padded"));
    assert.equal(Padding.NAME.unpad(one.bytes("padded")), one.text("text"));
  }
  for (const one of padding.objects("not_padded_names")) {
    assert.equal(Padding.NAME.unpad(one.bytes("padded")), undefined, one.text("why"));
  }
});

test("a chain moves on", async () => {
  const steps = Vector.file("chain.json").objects("steps");
  const key = new ChainKey(steps[0]!.bytes("chain_key"));
  for (const step of steps) {
    assert.deepEqual(key.copy(), step.bytes("chain_key"));
    assert.deepEqual(await key.step(), step.bytes("message_key"));
  }
});

test("what must not be taken is rejected", async () => {
  const bob = (await speaker(handout, "recipient")).identity;
  const entrance = await SealedEntrance.of(bob, new RoomSecret(admission.bytes("room_secret")), fixedRandom());
  const room = entrance.enter(RoomId.parse(handout.text("room_id"))!);
  const alice = UserId.parse("A".repeat(32))!;
  assert.equal(await room.admit(alice, admission.text("public_key")), "VERIFIED");
  assert.deepEqual(await room.open(alice, handout.text("content")), { kind: "key" });
  for (const one of Vector.file("rejected.json").objects("contents")) {
    const opened = await room.open(alice, one.text("content"));
    assert.deepEqual(opened, { kind: "rejected", why: one.text("rejection") }, one.text("why"));
  }
});

test("a safety number is that of the members", async () => {
  const one = Vector.file("safety-number.json");
  const bundles = [handout.bytes("sender_bundle"), handout.bytes("recipient_bundle")];
  const known = await Promise.all(bundles.map((bundle) => BundleHash.of(bundle)));
  const hashes = one.list("bundle_hashes") as string[];
  assert.ok(known.every((hash) => hashes.includes(hash.hex)));
  const digest = await sha512(one.bytes("hashed"));
  assert.deepEqual(digest, one.bytes("digest"));
  // Made of hashes alone: the third member's bundle is not in the vectors.
  const members = hashes.map((hash) => ({ hex: hash, bytes: new Vector({ hash }).bytes("hash") }) as BundleHash);
  const number = await safetyNumberOf(RoomId.parse(one.text("room_id"))!, members);
  assert.equal(number.digits, one.text("digits"));
  assert.deepEqual(number.signs, one.list("signs"));
  assert.match(number.grouped, /^(\d{5} ){11}\d{5}$/);
});

async function speaker(one: Vector, who: string, random = fixedRandom()): Promise<Speaker> {
  const self = await Identity.of(one.bytes(`${who}_kem_seed`), one.bytes(`${who}_sig_seed`));
  assert.deepEqual(self.bundle.encoded, one.bytes(`${who}_bundle`));
  return new Speaker(RoomId.parse(one.text("room_id"))!, self, random);
}

function chainOf(one: Vector): SenderChain {
  const id = one.bytes("chain_id");
  return SenderChain.start(readInt4(id, 0), fixedRandom(id.slice(4), one.bytes("chain_key")));
}
