import assert from "node:assert/strict";
import { test } from "node:test";
import { Chacha20Poly1305 } from "@hpke/chacha20poly1305";
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { nativeEd25519, softwareEd25519 } from "../../main/js/src/e2ee/ed25519.js";
import { publicKeyOf } from "../../main/js/src/e2ee/hpke.js";
import { hkdf, hmac } from "../../main/js/src/e2ee/kdf.js";
import { toHex, Vector } from "./vectors.js";

test("HMAC is that of RFC 4231", async () => {
  for (const one of Vector.file("published/rfc4231.json").objects("cases")) {
    assert.deepEqual(await hmac(one.bytes("key"), one.bytes("data")), one.bytes("tag"));
  }
});

test("HKDF is that of RFC 5869", async () => {
  for (const one of Vector.file("published/rfc5869.json").objects("cases")) {
    const okm = one.bytes("okm");
    assert.deepEqual(await hkdf(one.bytes("ikm"), one.bytes("info"), okm.length, one.bytes("salt")), okm);
  }
});

for (const [name, ed25519] of [["the platform's", nativeEd25519], ["the fallback", softwareEd25519]] as const) {
  test(`${name} Ed25519 is that of RFC 8032`, async () => {
    for (const one of Vector.file("published/rfc8032.json").objects("cases")) {
      const key = await ed25519.signingKey(one.bytes("private_key"));
      assert.deepEqual(key.publicKey, one.bytes("public_key"));
      assert.deepEqual(await key.sign(one.bytes("message")), one.bytes("signature"));
      assert.ok(await ed25519.verify(one.bytes("public_key"), one.bytes("signature"), one.bytes("message")));
      const other = one.bytes("signature");
      other[40]! ^= 1;
      assert.ok(!(await ed25519.verify(one.bytes("public_key"), other, one.bytes("message"))));
    }
  });
}

test("X-Wing is that of its draft", async () => {
  const one = Vector.file("published/x-wing.json");
  const kem = new XWing();
  assert.deepEqual(await publicKeyOf(one.bytes("private_key")), one.bytes("public_key"));
  const recipientPublicKey = await kem.importKey("raw", one.bytes("public_key").buffer, true);
  const sent = await kem.encap({ recipientPublicKey, ekm: one.bytes("encapsulation_seed").buffer });
  assert.equal(toHex(new Uint8Array(sent.enc)), one.text("enc"));
  assert.equal(toHex(new Uint8Array(sent.sharedSecret)), one.text("shared_secret"));
  const recipientKey = await kem.importKey("raw", one.bytes("private_key").buffer, false);
  const secret = await kem.decap({ recipientKey, enc: one.bytes("enc").buffer });
  assert.equal(toHex(new Uint8Array(secret)), one.text("shared_secret"));
});

test("HPKE is that of RFC 9180", async () => {
  const one = Vector.file("published/rfc9180.json");
  const kem = new DhkemX25519HkdfSha256();
  await assertOpens(new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes128Gcm() }), one);
});

test("HPKE with X-Wing is that of its draft", async () => {
  const one = Vector.file("published/hpke-x-wing.json");
  const kem = new XWing();
  assert.deepEqual(await publicKeyOf(one.bytes("recipient_private_key")), one.bytes("recipient_public_key"));
  const recipientKey = await kem.importKey("raw", one.bytes("recipient_private_key").buffer, false);
  const secret = await kem.decap({ recipientKey, enc: one.bytes("enc").buffer });
  assert.equal(toHex(new Uint8Array(secret)), one.text("shared_secret"));
  await assertOpens(new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Chacha20Poly1305() }), one);
});

async function assertOpens(suite: CipherSuite, one: Vector): Promise<void> {
  const context = await suite.createRecipientContext({
    recipientKey: await suite.kem.importKey("raw", one.bytes("recipient_private_key").buffer, false),
    enc: one.bytes("enc"),
    info: one.bytes("info"),
  });
  for (const message of one.objects("messages")) {
    const plain = await context.open(message.bytes("ct"), message.bytes("aad"));
    assert.equal(toHex(new Uint8Array(plain)), message.text("pt"));
  }
}
