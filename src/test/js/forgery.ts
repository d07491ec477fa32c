import { Point } from "@noble/ed25519";
import { concat, type Bytes } from "../../main/js/src/e2ee/bytes.js";
import { sha512 } from "../../main/js/src/e2ee/kdf.js";
import { hex } from "./vectors.js";

/** A point of order 8. */
export const TORSION = hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");

const ORDER = Point.CURVE().n;

/**
 * A key of Ed25519 of which everything is known, with a point of small order added to it if there is one. It signs so
 * that the signature holds without the cofactor, whatever its key is; unless a point of small order is added to R.
 */
export function forgedKey(added: Bytes | undefined): {
  publicKey: Bytes;
  sign: (message: Bytes, addedToR?: Bytes) => Promise<Bytes>;
} {
  const secret = 12345n;
  const publicKey = plus(Point.BASE.multiply(secret), added);
  return {
    publicKey,
    async sign(message, addedToR) {
      for (let r = 67890n; ; r++) {
        const encodedR = plus(Point.BASE.multiply(r), addedToR);
        const k = littleEndian(await sha512(concat(encodedR, publicKey, message))) % ORDER;
        if (k % 8n === 0n) {
          // What was added to the key is gone by this factor.
          return concat(encodedR, bytesOf((r + k * secret) % ORDER));
        }
      }
    },
  };
}

function plus(point: Point, added: Bytes | undefined): Bytes {
  return (added === undefined ? point : point.add(Point.fromBytes(added))).toBytes() as Bytes;
}

function littleEndian(bytes: Bytes): bigint {
  return bytes.reduceRight((high, byte) => (high << 8n) | BigInt(byte), 0n);
}

function bytesOf(value: bigint): Bytes {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}
