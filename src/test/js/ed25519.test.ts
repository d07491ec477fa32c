import assert from "node:assert/strict";
import { test } from "node:test";
import { Point } from "@noble/ed25519";
import { isPrimeOrder, nativeEd25519, softwareEd25519 } from "../../main/js/src/e2ee/ed25519.js";
import { sha512 } from "../../main/js/src/e2ee/kdf.js";
import { concat, secureRandom, type Bytes } from "../../main/js/src/e2ee/bytes.js";
import { hex } from "./vectors.js";

// Of order 8: in its spelling of https://www.rfc-editor.org/rfc/rfc8032#section-5.1.2.
const TORSION = hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
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
  // R = rB + T, S = r + k·a: right but for T, which a multiplication by 8 takes away.
  const { n } = Point.CURVE();
  const [a, r] = [12345n, 67890n];
  const publicKey = Point.BASE.multiply(a).toBytes() as Bytes;
  const point = Point.BASE.multiply(r).add(Point.fromBytes(TORSION)).toBytes() as Bytes;
  const k = littleEndian(await sha512(concat(point, publicKey, message))) % n;
  const signature = concat(point, bytesOf((r + k * a) % n));
  const honest = Point.BASE.multiply(r).toBytes() as Bytes;
  const kOfHonest = littleEndian(await sha512(concat(honest, publicKey, message))) % n;
  const right = concat(honest, bytesOf((r + kOfHonest * a) % n));
  for (const ed25519 of [nativeEd25519, softwareEd25519]) {
    assert.ok(await ed25519.verify(publicKey, right, message));
    assert.ok(!(await ed25519.verify(publicKey, signature, message)));
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

function littleEndian(bytes: Bytes): bigint {
  return bytes.reduceRight((high, byte) => (high << 8n) | BigInt(byte), 0n);
}

function bytesOf(value: bigint): Bytes {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}
