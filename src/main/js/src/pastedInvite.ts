import { InvalidInviteError } from "./errors.js";
import { Invite } from "./invite.js";

// What stands before the link may be the command that was printed with it.
const LINK = /https:\/\/.*$/is;
// A blank and an option, or the quote that is closed: there the link ends.
const END = /\s+--|["'<>`\u2018\u2019\u201C\u201D]/;
// The parts behind the # are of fixed lengths, so that a broken link ends where its last part is full.
const FULL =
  /(?:[a-z]+:\/\/)?[\w.:[\]-]+\/?\n?#((?:\n?[\w-]){32})\n?\.\n?[of]\n?\.((?:\n?[\w-]){32})\n?\.((?:\n?[\w-]){43})(?![\w-])/i;
// Random letters in both cases: so many of only one case are one in 10^20.
const MANY_LETTERS = 80;

/**
 * Reads an invite as it comes out of a letter or a window: with line breaks, quotes, words and punctuation around it,
 * and with the command that a terminal prints before it.
 *
 * @throws InvalidInviteError if there is none in `pasted`, or one that came to harm or leads to a room of old peers
 */
export function readPastedInvite(pasted: string): Invite {
  const text = pasted
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, "")
    .replace(/%23/g, "#")
    .replace(/\s*\n[\s>]*/g, "\n")
    .trim();
  const full = FULL.exec(text);
  if (full !== null) {
    const parts = full.slice(1).join("");
    if (!/[A-Z]/.test(parts) || !/[a-z]/.test(parts)) {
      throw new InvalidInviteError("LOST_CASE");
    }
    const link = full[0].replace(/\n/g, "");
    return sealed(link.includes("://") ? link : `https://${link}`);
  }
  const [found] = LINK.exec(text) ?? [];
  if (found === undefined) {
    return sealed(text);
  }
  const [link = ""] = found.split(END, 1);
  // Where the link is not broken, what stands behind it is something else.
  return whole(link.split(/\s/, 1)[0] ?? "") ?? broken(link.replace(/\s+/g, ""));
}

function whole(link: string): Invite | undefined {
  try {
    return sealed(trimmed(link));
  } catch {
    return undefined;
  }
}

function broken(untrimmed: string): Invite {
  const link = trimmed(untrimmed);
  const hash = link.indexOf("#");
  if (hash < 0) {
    throw new InvalidInviteError("NO_FRAGMENT");
  }
  const secret = link.slice(hash + 1);
  const letters = secret.match(/\p{L}/gu)?.length ?? 0;
  if (letters > MANY_LETTERS && (secret === secret.toLowerCase() || secret === secret.toUpperCase())) {
    throw new InvalidInviteError("LOST_CASE");
  }
  return sealed(link);
}

function sealed(link: string): Invite {
  const invite = Invite.parse(link);
  invite.requireSecret();
  return invite;
}

function trimmed(link: string): string {
  return link.replace(/[.,;)]+$/, "");
}
