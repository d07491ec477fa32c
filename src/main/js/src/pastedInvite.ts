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
const END = /\s--|["'<>`\u2018\u2019\u201C\u201D]/;
// A link of somebody else's with one of ours in its query, whose # is encoded: otherwise it would be the other's. Links
// that are none, or name a user before the host, are matched as well, whole: so nothing is looked at twice.
const WRAPPED =
  /https?:\/\/(?:([\w.-]+)(?::\d+)?(?=[/?]))?[^\s?#"'<>]*(?:\?[^\s#"'<>]*?(?:=\n?(https(?::|%3a|%253a)[^&# "'<>]+)|(?![^\s#"'<>])))?/gi;
const INVITE = new RegExp(`^([a-z]+://${PLACE}${PARTS})`, "i");
const MAX_WRAPPINGS = 3;
// What somebody has written, and no part of a secret, unless by a chance that costs less than a secret that is wrong.
const WORD = /^(?:[A-Z]?[a-z]+|[A-Z]{2,}|\d{2,})$/;
// Random letters in both cases: so many of only one case are one in 10^20.
const MANY_LETTERS = 80;

/** What was read out of a text that somebody has pasted. */
export interface PastedInvite {
  readonly invite: Invite;
  /**
   * Whose link the invite came inside of, as mail scanners and chat apps make them: the name of a host, which has the
   * invite now, with all its secrets. Undefined if it came by itself.
   */
  readonly seenBy: string | undefined;
}

/** Somebody's link around another, which has a fragment. */
interface Wrapped {
  readonly wrapper: string;
  readonly link: string;
}

/**
 * Reads an invite as it comes out of a letter or a window: with line breaks, quotes, words and punctuation around it,
 * in the query of a mail scanner's link, and with the command that a terminal prints before it. What could be an invite
 * to more than one host is none, and a word behind one that was cut short is no part of it.
 *
 * @throws InvalidInviteError if there is none in `pasted`, or one that came to harm or leads to a room of old peers
 */
export function readPastedInvite(pasted: string): PastedInvite {
  const lines = plain(pasted);
  const text = lines.replaceAll("%23", "#");
  const wrapped = unwrapped(lines);
  const full = FULL.exec(text);
  if (full !== null) {
    const invite = keptCase("", full);
    return { invite, seenBy: wrapped.find(({ link }) => link.includes(`#${invite.room}`))?.wrapper };
  }
  const { wrapper, link } = wrapped.find((one) => INVITE.test(one.link)) ?? wrapped[0] ?? {};
  return { invite: link === undefined ? bareOrBroken(text) : inside(link), seenBy: wrapper };
}

/** Returns all links around others that have a fragment. */
function unwrapped(lines: string): Wrapped[] {
  // Where a line begins with a link, that is not the rest of the one before it.
  return wrappings(lines.replace(/([^=])\n(https?:\/\/)/gi, "$1 $2"))
    .map(({ wrapper, link }) => ({ wrapper, link: innermost(link) }))
    .filter(({ link }) => link.includes("#"));
}

/** Returns the links around others, which are as they stand there. */
function wrappings(text: string): Wrapped[] {
  return [...text.matchAll(WRAPPED)].flatMap(([, wrapper, link]) =>
    wrapper === undefined || link === undefined ? [] : [{ wrapper, link }],
  );
}

/** Decodes a link, and what it is around if it has no fragment itself: where it has one, its query is no invite. */
function innermost(wrapped: string): string {
  let link = decoded(wrapped);
  for (let i = 1; i < MAX_WRAPPINGS && !link.includes("#"); i++) {
    link = decoded(wrappings(link)[0]?.link ?? link);
  }
  return link;
}

function decoded(link: string): string {
  return link.replace(/%([0-7][\da-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function inside(link: string): Invite {
  const invite = INVITE.exec(link);
  return invite === null ? broken(link) : keptCase("", invite);
}

function bareOrBroken(text: string): Invite {
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
  const secret = link.lastIndexOf(".") + 1;
  return sealed(scheme + link.slice(0, secret).replaceAll("\n", "") + unbroken(link.slice(secret)));
}

/**
 * Joins the lines of a secret. Nothing behind it tells where it ends, so that a word below one that was cut short could
 * be taken for the rest of it: such a one stays cut.
 */
function unbroken(secret: string): string {
  const [first = "", ...more] = secret.split("\n");
  return more.some((line) => WORD.test(line)) ? first : first + more.join("");
}

function whole(link: string): Invite | undefined {
  try {
    return sealed(trimmed(link));
  } catch {
    return undefined;
  }
}

function broken(link: string): Invite {
  const hash = link.indexOf("#");
  if (hash < 0) {
    throw new InvalidInviteError("NO_FRAGMENT");
  }
  // Only between its points: before the # are words of their own, which could be another host together, and behind the
  // last point a word could be taken for the rest of a secret that was cut short.
  const [, parts = "", secret = ""] = /^((?:[^.]*\.){3})(\S*)/.exec(link.slice(hash)) ?? [, link.slice(hash)];
  const fragment = trimmed(parts.replace(/\s/g, "") + secret);
  const letters = fragment.match(/\p{L}/gu)?.length ?? 0;
  if (letters > MANY_LETTERS && (fragment === fragment.toLowerCase() || fragment === fragment.toUpperCase())) {
    throw new InvalidInviteError("LOST_CASE");
  }
  return sealed(link.slice(0, hash).replaceAll("\n", "") + fragment);
}

function sealed(link: string): Invite {
  const invite = Invite.parse(link);
  invite.requireSecret();
  return invite;
}

function trimmed(link: string): string {
  return link.replace(/(?<![.,;)])[.,;)]+$/, "");
}
