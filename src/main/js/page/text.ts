/*
 * Makes what others wrote harmless to the reader of a page: nothing that turns the direction of the text around it,
 * nothing that is there and not seen. That it is no markup is the DOM's doing: it is only ever set as text.
 */

const REPLACEMENT = "\uFFFD";
const MAX_NAME_CODE_POINTS = 32;
const MAX_ROOM_NAME_CODE_POINTS = 80;

// Joiners make one sign of several in Persian, in Indic scripts, and in emoji: they alone are kept.
const UNSEEN = /(?![\n\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;

// Signs that Unicode counts as letters, marks or symbols, and that show nothing.
const BLANK = /[\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u2800\u3164\uFE00-\uFE0F\uFFA0\u{E0100}-\u{E01EF}]/gu;

/** Returns what somebody said. Letters, marks, symbols and emoji of any script are kept, and so are line breaks. */
export function safeText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\v\f\u0085]/g, "\n")
    .replace(/\t/g, " ")
    .replace(UNSEEN, REPLACEMENT);
}

/** Returns a name as one short line in which everything is seen; the empty text for one in which nothing is. */
export function safeName(name: string): string {
  // Names that are alike are numbered with this sign.
  return safeLine(name, MAX_NAME_CODE_POINTS).replace(/#/g, "_");
}

/** Returns what a room is called, as {@link safeName} does for people. */
export function safeRoomName(name: string): string {
  return safeLine(name, MAX_ROOM_NAME_CODE_POINTS);
}

function safeLine(text: string, maxCodePoints: number): string {
  const seen = safeText(text)
    .replace(/[\s\p{Z}]+/gu, " ")
    .trim()
    .replace(/[\u200C\u200D]/g, REPLACEMENT)
    .replace(BLANK, REPLACEMENT);
  return /[^\s\uFFFD]/.test(seen) ? Array.from(seen).slice(0, maxCodePoints).join("") : "";
}

/** Returns what stands above a room: its name, or why there is none. */
export function roomName(name: string): string {
  return safeRoomName(name) || (name === "" ? "A room whose name the server withholds" : "A room without a legible name");
}

/** Letters that look like a Latin one; those of which NFKD makes one are not here. */
const LOOKS_LIKE = new Map(
  Object.entries({
    a: "аαɑ",
    b: "ьвβ",
    c: "сϲ",
    d: "ԁ",
    e: "еєεҽ",
    f: "ғ",
    g: "ɡց",
    h: "һнη",
    i: "іιıӏlj!1|ⅼ",
    k: "кκ",
    m: "мϻ",
    n: "пոռ",
    o: "оο0σօ",
    p: "рρ",
    q: "ԛ",
    r: "гʀ",
    s: "ѕ5$",
    t: "тτ",
    u: "υսμц",
    v: "ѵν",
    w: "ԝшω",
    x: "хχ×",
    y: "уγүу",
    z: "ᴢ2",
  }).flatMap(([latin, others]) => Array.from(others, (other) => [other, latin] as const)),
);

/** Returns what two names have in common if people could take one for the other. */
export function likeness(name: string): string {
  const letters = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{S}|!$]+/gu, "")
    .replace(/rn/g, "m")
    .replace(/vv/g, "w");
  return Array.from(letters, (letter) => LOOKS_LIKE.get(letter) ?? letter).join("");
}

/** A part of a text: words, or an address that can be followed. */
export interface Part {
  text: string;
  href?: string;
}

// Latin letters only: the name of a host in another script can look like the one of another.
const ADDRESS = /https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]+/g;

/** Splits a text into words and addresses. What is shown of an address is what is followed. */
export function parts(text: string): Part[] {
  const found: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutPunctuation(match[0]);
    const href = followable(address);
    if (href !== null) {
      found.push({ text: text.slice(from, match.index) }, { text: address, href });
      from = match.index + address.length;
    }
  }
  found.push({ text: text.slice(from) });
  return found.filter((part) => part.text !== "");
}

function withoutPunctuation(address: string): string {
  const bare = address.replace(/[.,:;!?'*]+$/, "");
  return bare.endsWith(")") && !bare.includes("(") ? bare.slice(0, -1) : bare;
}

function followable(address: string): string | null {
  try {
    const url = new URL(address);
    // Of https://bank.example@evil.example/ people see the wrong half.
    return url.username === "" && url.password === "" ? url.href : null;
  } catch {
    return null;
  }
}

/** Returns how many bytes the text has in UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
