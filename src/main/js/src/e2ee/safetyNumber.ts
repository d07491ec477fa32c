import type { RoomId } from "../ids.js";
import type { BundleHash } from "./bundleHash.js";
import { concat, utf8, type Bytes } from "./bytes.js";
import { sha512 } from "./kdf.js";
import { LABEL } from "./label.js";

const GROUPS = 12;
const GROUP_BYTES = 5;
const GROUP_VALUES = 100_000;
const SIGNS = 7;
const SIGN_BITS = 6;

/** Each is one code point, shown as a picture, and none is easily taken for another. */
const TABLE = [
  ..."🐶🐱🦁🐴🦄🐷🐘🐰🐼🐓🐧🐢🐟🐙🦋🌷🌳🌵🍄🌍🌙⚡🔥🍌🍎🍓🌽🍕🎂☕🤖🎅",
  ..."👓🔧🎩⌛⏰🎁💡📕📎🔑🔨📞🚂🚗🚲🚀🏆⚽🎸🎺🔔⚓🎧📌🏠🌈💎🦀🐝🍇🎈🎲",
];

/**
 * Stands for who is in a room. Members who see the same one, in each other's presence or on a line that the server has
 * no part in, have the keys of the same people: SHA-512 over {@link LABEL.SAFETY_NUMBER}, the room's id, and the hashes
 * of all verified members' bundles in order.
 */
export interface SafetyNumber {
  /**
   * 60: for each of the first twelve groups of five bytes of the digest, big-endian, its remainder by 100,000 in five
   * digits.
   */
  readonly digits: string;
  /**
   * Seven emoji: for each of the first seven groups of six bits of the digest, the sign at that place of the table. A
   * quick look, not a proof.
   */
  readonly signs: readonly string[];
  /** The digits in twelve groups of five, with a space between them. */
  readonly grouped: string;
}

/** @internal Computes the number of a room. `members` may be in any order. */
export async function safetyNumberOf(room: RoomId, members: readonly BundleHash[]): Promise<SafetyNumber> {
  const sorted = [...members].sort((one, other) => (one.hex < other.hex ? -1 : 1));
  const digest = await sha512(concat(LABEL.SAFETY_NUMBER, utf8(room), ...sorted.map((member) => member.bytes)));
  const groups = Array.from({ length: GROUPS }, (_, group) => digits(digest, group * GROUP_BYTES));
  return Object.freeze({ digits: groups.join(""), signs: Object.freeze(signs(digest)), grouped: groups.join(" ") });
}

function digits(digest: Bytes, from: number): string {
  // Five bytes are well below 2⁵³.
  const value = digest.subarray(from, from + GROUP_BYTES).reduce((high, byte) => high * 256 + byte, 0);
  return String(value % GROUP_VALUES).padStart(5, "0");
}

function signs(digest: Bytes): string[] {
  const bits = Array.from(digest.subarray(0, 8), (byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: SIGNS }, (_, sign) => {
    const place = parseInt(bits.slice(sign * SIGN_BITS, (sign + 1) * SIGN_BITS), 2);
    return TABLE[place]!;
  });
}
