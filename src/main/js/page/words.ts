import {
  ConnectFailedError,
  ConnectionLostError,
  InvalidInviteError,
  MemberUnreachableError,
  MessageTooLongError,
  RequestRefusedError,
  RequestTimeoutError,
  RoomEndedError,
  SendQueueFullError,
  UnsupportedServerError,
  type ClosedReason,
  type ErrorCode,
  type InviteProblem,
  type KeyKind,
  type PeerStatus,
  type Rejection,
} from "../src/index.js";

/** What this page says of the things that can go wrong. The terminal chat says the same, more shortly. */

/** The code behind it is for whoever is asked about it. */
const MISFIT = "This page and the server do not fit together. Load the page again.";

const REFUSED: Record<ErrorCode, string> = {
  "bad-key": "This invite lets nobody in: it is used up or reset, or its room is gone. Ask for another one, or make a room of your own.",
  forbidden: "Only the person who made the room can do this.",
  "not-found": "You are not in the room any more.",
  "too-large": "This is too long for the server: shorten it.",
  "limit-reached": "There is no space left, in the room or on the server. Try again later.",
  "rate-limited": "That was too much at once for the server. Wait a little, and try again.",
  unavailable: "The server cannot do this now. Try again later.",
  "bad-packet": `${MISFIT} (bad-packet)`,
  "unknown-command": `${MISFIT} (unknown-command)`,
  "unsupported-version": MISFIT,
  "already-joined": "You are in this room already.",
  "no-such-member": "They are not in the room any more.",
  "bad-public-key": `${MISFIT} (bad-public-key)`,
};

/** Why a connection ended, by its close code. */
const CLOSED: Record<number, string> = {
  1000: "The connection was closed.",
  1001: "The server is shutting down or starting anew.",
  1008: "The server has expelled this page: it asked for too much that had to be refused.",
  1009: "Something was too long for the server.",
  4000: "This device or its network was too slow for all that was said.",
  4001: "The server is full: it has as many connections as it may have. Try again in a minute.",
  4003: "There are too many connections to the server from your network. Wait a little, and try again.",
  4002: "The server heard nothing from this device for too long. It may have been asleep.",
};

/** Says why a connection is no more. */
export function lost(why: ConnectionLostError): string {
  return CLOSED[why.code] ?? "The server cannot be reached any more.";
}

/** Says what went wrong, and what can be done, in one or two sentences. */
export function failure(error: unknown): string {
  if (error instanceof RequestRefusedError) {
    return REFUSED[error.code];
  }
  if (error instanceof ConnectionLostError) {
    return lost(error);
  }
  if (error instanceof InvalidInviteError) {
    return `This is not an invite. ${DAMAGED[error.problem]}`;
  }
  if (error instanceof UnsupportedServerError) {
    return MISFIT;
  }
  if (error instanceof ConnectFailedError) {
    return "The server cannot be reached. Look whether you are online, and try again.";
  }
  if (error instanceof RequestTimeoutError) {
    return "The server has not answered in time. Try again.";
  }
  if (error instanceof MessageTooLongError) {
    return "This is too long to be sent at once.";
  }
  if (error instanceof MemberUnreachableError) {
    return "They are not in the room any more.";
  }
  if (error instanceof SendQueueFullError) {
    return "Your connection is too slow for all this. Wait a little, and try again.";
  }
  if (error instanceof RoomEndedError) {
    return "You are not in the room any more.";
  }
  return "Something went wrong on this page. If it does so again, load it anew.";
}

/** Says what is wrong with an invite. */
export const DAMAGED: Record<InviteProblem, string> = {
  NOT_A_LINK: "There is no whole link in it.",
  NOT_HTTPS: "It does not begin with https://.",
  HOST: "The name of the server is missing or damaged.",
  PORT: "The number behind the server’s name is wrong.",
  EXTRA_PARTS: "Between the server’s name and the # stands something that does not belong there.",
  PARTS: "Some of it is missing, or there is too much: maybe it was not copied to its end.",
  ROOM_ID: "Something was lost or changed right after the #.",
  KIND: "Something was lost or changed in the middle, after the first dot.",
  JOIN_KEY: "Something was lost or changed between its last two dots.",
  ROOM_SECRET: "Its end was lost or changed: maybe not all of it was copied.",
  NO_ROOM_SECRET: "Its end is missing: maybe it was not copied to its end.",
  NO_FRAGMENT: "The # is missing, and with it the secret that comes after it.",
  LOST_CASE: "Its capital and small letters got lost on the way.",
};

/** Says what to make of an invite that came inside a link of somebody else's. */
export function seenBy(host: string): string {
  return `This invite came inside a link of ${host}, as mail scanners and chat apps make them: they have it now, too. If that matters to you, ask for another one by another way.`;
}

/** Says what to make of an invite that let one in where nobody can be told from a stranger. */
export function foreign(kind: KeyKind): string {
  const used = kind === "one-time" ? " The invite is used up by that." : "";
  return `It let you in, but nothing in the room could be read with it: most likely a letter of it was changed on its way. You are out of the room again, and have said nothing there.${used}`;
}

/** What people have answered about the safety number: that all have the same, that somebody has another, or nothing. */
export type Answer = "same" | "other" | "none";

export const DIFFER = "The safety numbers differ: somebody may be listening in. Say nothing more here.";

/**
 * Says what is known of a member, to stand below the name. The library's `VERIFIED` is whoever has the room's secret: who
 * made the room, and who was invited.
 */
export function standing(status: PeerStatus, answer: Answer, madeRoom: boolean): string {
  if (status !== "VERIFIED") {
    return `Left out: ${LEFT_OUT[status]}`;
  }
  const uncompared = madeRoom ? "Not yet verified" : "Invited";
  return { same: "Verified", other: "Safety numbers differ", none: uncompared }[answer];
}

type LeftOut = Exclude<PeerStatus, "VERIFIED">;

const LEFT_OUT: Record<LeftOut, string> = {
  UNSUPPORTED_KEY: "their program is one that this page does not know, or the server changed their key",
  DAMAGED_KEY: "their key is damaged, by their device or by the server",
  NOT_ADMITTED: "their invite was damaged, or the server has put them in",
  OWN_KEY: "the server shows your own key as theirs",
  REPEATED_KEY: "the server shows somebody else’s key as theirs",
  TOO_MANY_KEYS: "too many have come and gone to tell them apart",
};

/** What it means to be left out, to stand behind "they". */
const ARE_LEFT_OUT = "get nothing of what is said here, and what they say is not shown";

/** Warns of members who are left out; to stand behind their names. */
export function warning(status: LeftOut): string {
  return `They ${ARE_LEFT_OUT}: ${LEFT_OUT[status]}.`;
}

/** Why somebody can be left out. */
export const REASONS = Object.keys(LEFT_OUT) as readonly LeftOut[];

/** Says that there was somebody at the door whose invite does not fit. Calmly: it is most likely a slip of the hand. */
export function knocked(areHere: boolean): string {
  return areHere
    ? "Somebody came in whose invite was probably damaged. They get nothing of what is said here."
    : "Somebody came whose invite was probably damaged, and is gone again. Nothing was sent to them.";
}

/** Says how often something has happened; nothing for once. */
export function times(number: number): string {
  return number === 1 ? "" : ` (${number} times)`;
}

/** Says what became of something that cannot be read, to stand behind a name; and whether it is a warning. */
export function unreadable(why: Rejection): { text: string; warning: boolean } {
  switch (why) {
    case "UNKNOWN_KEY":
    case "BEFORE_KEY":
      return { text: "said something that there is no key for here: probably just as you came in.", warning: false };
    case "NOT_VERIFIED":
      return { text: "is left out, and what they say is not shown.", warning: true };
    case "BAD_SIGNATURE":
      return { text: "did not write what the server sent in their name. It is not shown.", warning: true };
    case "STALE_KEY":
    case "RETIRED_KEY":
    case "REPLAYED":
      return { text: "did not say this now: the server sent it again. It is not shown.", warning: true };
    case "GAP_TOO_LARGE":
      return { text: "said something that cannot be read: the server has held back too much before it.", warning: true };
    default:
      return { text: "sent something that cannot be read.", warning: true };
  }
}

/** Stands for who has sent something and is not in the room. */
export const STRANGER = "somebody who is not here";

/** Says how many messages of somebody are missing, to stand behind the name. */
export function missing(messages: number): string {
  return messages === 1
    ? "said something before this that is missing here: the server held it back, or it comes later."
    : `said ${messages} things before this that are missing here: the server held them back, or they come later.`;
}

const ROOM_CLOSED: Record<ClosedReason, string> = {
  closed: "The person who made it has closed it. Its invites are gone too.",
  "owner-left": "The person who made it is gone, and the room and its invites with them.",
  expired: "It was open for as long as the server allows. Its invites are gone too.",
};

/** Says why a room is closed, and what to do. */
export function roomClosed(reason: ClosedReason, owned: boolean): string {
  return owned
    ? `${ROOM_CLOSED[reason]} To go on, make another one, and invite the others again.`
    : `${ROOM_CLOSED[reason]} To go on, make one of your own, or ask for an invite to another.`;
}

/**
 * Says what the words below the names mean, of those that are there.
 *
 * @param standings what stands below them, as {@link standing} has it
 * @param numbers what tells the names apart
 */
export function peopleNote(
  standings: readonly string[],
  numbers: readonly number[],
): [word: string, meaning: string][] {
  const notes: [word: string, meaning: string][] = [
    ["Invited", "they came in with an invite to this room."],
    ["Not yet verified", "they made the room, and you have not compared the safety number."],
    ["Verified", "you have compared the safety number, and it is the same: they are who you think."],
    ["Left out", `they ${ARE_LEFT_OUT}. If you did not expect that, do not go on here.`],
  ];
  const shown = notes.filter(([word]) => standings.some((standing) => standing.startsWith(word)));
  const number = Math.min(...numbers.filter((one) => one > 1));
  return Number.isFinite(number)
    ? [...shown, [`#${number}`, "somebody with that name, or one that looks like it, came in before."]]
    : shown;
}

/** Says whom the safety number stands for. */
export function safetyNumberOf(others: number): string {
  if (others === 0) {
    return "Nobody else can read along here: there is nobody to compare a number with. Once somebody is, it stands here.";
  }
  return others === 1
    ? "It stands for you and the one other person who can read along here."
    : `It stands for you and the ${others} others who can read along here.`;
}

/** Says how many people are in the room, oneself included, and what is known of them. */
export function presence(people: number, leftOut: number, answer: Answer, owned: boolean): string {
  if (people === 1) {
    return "Nobody else is here";
  }
  const uncompared = owned ? "all invited" : "not yet verified";
  const known = { same: "all verified", other: "numbers differ", none: uncompared }[answer];
  return `${people} people · ${leftOut > 0 && answer !== "other" ? `${leftOut} left out` : known}`;
}

/** What is said at the start of what has just happened. */
export const AFTERWARDS = {
  closed: "You have closed the room. It ended for everybody in it, and its invites let nobody in any more.",
  left: "You have left the room. What was said there is gone from this page.",
  unconfirmed:
    "You have left the room. The server did not confirm that it is closed: it should be, once the server notices.",
  reloaded:
    "This page was loaded anew. If you were in a room, you are out of it: one that you made is closed, and to come back to another you need an invite.",
};

/** Says how much more can be written, in about as many characters as people would count. */
export function spaceLeft(left: number): string {
  const number = new Intl.NumberFormat().format(Math.abs(left));
  return left >= 0
    ? `Nearly full: about ${number} more ${left === 1 ? "character fits" : "characters fit"}.`
    : `Too long by about ${number} ${left === -1 ? "character" : "characters"}: shorten it, or send it in parts.`;
}
