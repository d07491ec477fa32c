import assert from "node:assert/strict";
import { test } from "node:test";
import { Point } from "@noble/ed25519";
import { isPrimeOrder, nativeEd25519, softwareEd25519 } from "../../main/js/src/e2ee/ed25519.js";
import { secureRandom, type Bytes } from "../../main/js/src/e2ee/bytes.js";
import { forgedKey, TORSION } from "./forgery.js";
import { hex } from "./vectors.js";

const message = new Uint8Array([1, 2, 3]);

test("keys outside the prime-order group are none", async () => {
  const { publicKey } = await nativeEd25519.signingKey(secureRandom(32));
  assert.ok(isPrimeOrder(publicKey));
  assert.ok(!isPrimeOrder(TORSION));
  assert.ok(!isPrimeOrder(Point.ZERO.toBytes() as Bytes));
  assert.ok(!isPrimeOrder(Point.fromBytes(publicKey).add(Point.fromBytes(TORSION)).toBytes() as Bytes));
  assert.ok(!isPrimeOrder(hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")), "y is not below p");
  assert.ok(!isPrimeOrder(hex(`01${"00".repeat(30)}80`)), "zero has one sign");
});

test("a signature that only the cofactor saves is none", async () => {
  const honest = forgedKey(undefined);
  const right = await honest.sign(message);
  const saved = await honest.sign(message, TORSION);
  for (const ed25519 of [nativeEd25519, softwareEd25519]) {
    assert.ok(await ed25519.verify(honest.publicKey, right, message));
    assert.ok(!(await ed25519.verify(honest.publicKey, saved, message)));
  }
});

test("a key that is erased signs nothing", async () => {
  for (const ed25519 of [nativeEd25519, softwareEd25519]) {
    const seed = secureRandom(32);
    const key = await ed25519.signingKey(seed);
    key.wipe();
    await assert.rejects(key.sign(message));
    assert.ok(seed.every((byte) => byte === 0));
  }
});
