import { InvalidInviteError } from "./errors.js";
import { Invite } from "./invite.js";

// The parts behind the # are of fixed lengths, so that a broken link ends where its last part is full.
const PLACE = /(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d+)?\/?\n?#/.source;
const PARTS = /((?:\n?[\w-]){32}\n?\.)\n?[of]\n?(\.(?:\n?[\w-]){32}\n?\.(?:\n?[\w-]){43})(?![\w-])/.source;
// Behind anything else, it would be the rest of another link.
const BEFORE = /[ "'<>([{*`\u2018\u2019\u201C\u201D\u201E\u00AB\u00BB]/.source;
const FULL = new RegExp(`(?:^|\\n|${BEFORE})([a-z]+://${PLACE}${PARTS})`, "i");
// Behind a line that may end within the name of a host, it would be the rest of that name.
const BARE = new RegExp(`(?:^|[^\\w.-]\\n|${BEFORE})(${PLACE}${PARTS})`, "i");
// What stands before the link may be the command that was printed with it.
const LINK = /https:\/\/.*$/is;
// A blank and an option, or the quote that is closed: there the link ends.
const END = /\s+--|["'<>`\u2018\u2019\u201C\u201D]/;
// Random letters in both cases: so many of only one case are one in 10^20.
const MANY_LETTERS = 80;

/**
 * Reads an invite as it comes out of a letter or a window: with line breaks, quotes, words and punctuation around it,
 * and with the command that a terminal prints before it. What could be an invite to more than one host is none.
 *
 * @throws InvalidInviteError if there is none in `pasted`, or one that came to harm or leads to a room of old peers
 */
export function readPastedInvite(pasted: string): Invite {
  const text = plain(pasted);
  const full = FULL.exec(text);
  if (full !== null) {
    return keptCase("", full);
  }
  const bare = BARE.exec(text);
  if (bare !== null && !text.slice(0, bare.index).includes("://")) {
    return keptCase("https://", bare);
  }
  const [found] = LINK.exec(text) ?? [];
  if (found === undefined) {
    return sealed(text);
  }
  const [link = ""] = found.split(END, 1);
  // Where the link is not broken, what stands behind it is something else.
  return whole(link.split(/\s/, 1)[0] ?? "") ?? broken(link);
}

/** Without what cannot be seen, and what mail programs put before and between lines. */
function plain(pasted: string): string {
  return pasted
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Z}/gu, " ")
    .replaceAll("%23", "#")
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^[\s>]+/, "").trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}

function keptCase(scheme: string, [, link = "", room = "", rest = ""]: RegExpExecArray): Invite {
  const random = room + rest;
  if (!/[A-Z]/.test(random) || !/[a-z]/.test(random)) {
    throw new InvalidInviteError("LOST_CASE");
  }
  return sealed(scheme + link.replaceAll("\n", ""));
}

function whole(link: string): Invite | undefined {
  try {
    return sealed(trimmed(link));
  } catch {
    return undefined;
  }
}

function broken(untrimmed: string): Invite {
  const link = trimmed(untrimmed.replaceAll("\n", ""));
  const hash = link.indexOf("#");
  if (hash < 0) {
    throw new InvalidInviteError("NO_FRAGMENT");
  }
  // Only there: before the # are words of their own, and together they could be another host.
  const fragment = link.slice(hash).replace(/\s/g, "");
  const letters = fragment.match(/\p{L}/gu)?.length ?? 0;
  if (letters > MANY_LETTERS && (fragment === fragment.toLowerCase() || fragment === fragment.toUpperCase())) {
    throw new InvalidInviteError("LOST_CASE");
  }
  return sealed(link.slice(0, hash) + fragment);
}

function sealed(link: string): Invite {
  const invite = Invite.parse(link);
  invite.requireSecret();
  return invite;
}

function trimmed(link: string): string {
  return link.replace(/[.,;)]+$/, "");
}
