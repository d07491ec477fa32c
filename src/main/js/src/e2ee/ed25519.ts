import { getPublicKeyAsync, Point, signAsync, verifyAsync } from "@noble/ed25519";
import { concat, wipe, type Bytes } from "./bytes.js";

export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;
export const SEED_BYTES = 32;

/** A private key that can be erased. */
export interface SigningKey {
  readonly publicKey: Bytes;
  sign(message: Bytes): Promise<Bytes>;
  /** Erases what can be erased of it; it signs nothing from here on. */
  wipe(): void;
}

/** Ed25519 (RFC 8032), pure, verified without the cofactor. */
export interface Ed25519 {
  /** Returns the key of a seed of 32 bytes, and owns the seed from here on. */
  signingKey(seed: Bytes): Promise<SigningKey>;
  /** @param publicKey of prime order */
  verify(publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean>;
}

// PrivateKeyInfo of RFC 8410 §7, up to the seed.
const PKCS8 = new Uint8Array([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]);
const ALGORITHM = "Ed25519";

/** Returns whether a public key is one point in one spelling, of the prime-order group and not its neutral element. */
export function isPrimeOrder(publicKey: Bytes): boolean {
  try {
    const point = Point.fromBytes(publicKey);
    return !point.is0() && point.isTorsionFree();
  } catch {
    return false;
  }
}

/** Of WebCrypto. OpenSSL, BoringSSL and NSS, which are behind it, verify without the cofactor. */
export const nativeEd25519: Ed25519 = {
  async signingKey(seed) {
    const publicKey = (await getPublicKeyAsync(seed)) as Bytes;
    const pkcs8 = concat(PKCS8, seed);
    let key: CryptoKey | undefined = await crypto.subtle.importKey("pkcs8", pkcs8, ALGORITHM, false, ["sign"]);
    wipe(pkcs8, seed);
    return {
      publicKey,
      async sign(message) {
        if (key === undefined) {
          throw new Error("the signing key is erased");
        }
        return new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, message));
      },
      wipe() {
        key = undefined;
      },
    };
  },
  async verify(publicKey, signature, message) {
    const key = await crypto.subtle.importKey("raw", publicKey, ALGORITHM, false, ["verify"]);
    return crypto.subtle.verify(ALGORITHM, key, signature, message);
  },
};

/** Of a library, for browsers whose WebCrypto lacks it. */
export const softwareEd25519: Ed25519 = {
  async signingKey(seed) {
    const publicKey = (await getPublicKeyAsync(seed)) as Bytes;
    let isWiped = false;
    return {
      publicKey,
      async sign(message) {
        if (isWiped) {
          throw new Error("the signing key is erased");
        }
        return (await signAsync(message, seed)) as Bytes;
      },
      wipe() {
        isWiped = true;
        wipe(seed);
      },
    };
  },
  async verify(publicKey, signature, message) {
    try {
      // The library multiplies by the cofactor, which takes away nothing where R has no part of small order.
      return (
        Point.fromBytes(signature.subarray(0, 32)).isTorsionFree() &&
        (await verifyAsync(signature, message, publicKey, { zip215: false }))
      );
    } catch {
      return false;
    }
  },
};

async function isNativeThere(): Promise<boolean> {
  try {
    const key = await nativeEd25519.signingKey(new Uint8Array(SEED_BYTES));
    await nativeEd25519.verify(key.publicKey, await key.sign(new Uint8Array(1)), new Uint8Array(1));
    return true;
  } catch {
    return false;
  }
}

/** What this platform has. */
export const ed25519: Promise<Ed25519> = isNativeThere().then((isThere) => (isThere ? nativeEd25519 : softwareEd25519));
