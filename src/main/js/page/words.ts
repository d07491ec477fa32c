import {
  ConnectFailedError,
  ConnectionLostError,
  InvalidInviteError,
  MessageTooLongError,
  RequestRefusedError,
  RequestTimeoutError,
  RoomEndedError,
  SendQueueFullError,
  UnsupportedServerError,
  type ClosedReason,
  type ErrorCode,
  type InviteProblem,
  type PeerStatus,
  type Rejection,
} from "../src/index.js";

/** What this page says of the things that can go wrong. The terminal chat says the same, more shortly. */

const REFUSED: Record<ErrorCode, string> = {
  "bad-key": "This invite lets nobody in: it is used up or reset, or its room is gone. Ask for another one.",
  forbidden: "Only the person who made the room can do this.",
  "not-found": "You are not in the room any more.",
  "too-large": "The server takes nothing that long.",
  "limit-reached": "The server has no place for this: a limit is reached. Try again later.",
  "rate-limited": "That was too much at once for the server. Wait a little.",
  unavailable: "The server cannot do this now. Try again later.",
  "bad-packet": "The server refuses this (bad-packet).",
  "unknown-command": "The server refuses this (unknown-command).",
  "unsupported-version": "The server speaks another version. Load this page again.",
  "already-joined": "You are in this room already.",
  "no-such-member": "They are not in the room any more.",
  "bad-public-key": "The server refuses this (bad-public-key).",
};

/** Why a connection ended, by its close code. */
const CLOSED: Record<number, string> = {
  1000: "The connection was closed.",
  1001: "The server is shutting down or starting anew.",
  1009: "Something was longer than the server takes.",
  4000: "This device took in what was said too slowly, so the server cut the connection.",
  4001: "The server is full: it has as many connections as it may have. Try again in a minute.",
  4002: "The server heard nothing from this device for a minute. It may have been asleep.",
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
    return "The server speaks another version. Load this page again.";
  }
  if (error instanceof ConnectFailedError) {
    return "The server cannot be reached. Look whether you are online, and try again.";
  }
  if (error instanceof RequestTimeoutError) {
    return "The server does not answer.";
  }
  if (error instanceof MessageTooLongError) {
    return "This is too long to be sent at once.";
  }
  if (error instanceof SendQueueFullError) {
    return "The connection is slower than you. Wait a little.";
  }
  if (error instanceof RoomEndedError) {
    return "You are not in the room any more.";
  }
  return "Something went wrong on this page. Load it again.";
}

/** Says which part of an invite is damaged. */
export const DAMAGED: Record<InviteProblem, string> = {
  NOT_A_LINK: "It is not a link.",
  NOT_HTTPS: "It does not begin with https://.",
  HOST: "It names no server.",
  PORT: "Its port is not between 1 and 65535.",
  EXTRA_PARTS: "Between the server’s name and the # there is more than a /.",
  PARTS: "Behind the # there should be four parts with points between them: some of it is missing, or too much.",
  ROOM_ID: "The room’s id, the first part behind the #, should be 32 letters and digits.",
  KIND: "The kind, the second part behind the #, should be o or f.",
  JOIN_KEY: "The join key, the third part behind the #, should be 32 letters and digits.",
  ROOM_SECRET: "The room’s secret, the last part, should be 43 letters, digits, - and _.",
  NO_ROOM_SECRET: "The room’s secret, the last part, is missing.",
  NO_FRAGMENT: "There is no # in it: what stands behind the # is the secret, which got lost on the way.",
  LOST_CASE: "Its capital and small letters got lost on the way.",
};

/** Says what a member's key is worth, to stand below the name. */
export const STANDING: Record<PeerStatus, string> = {
  VERIFIED: "Verified",
  UNSUPPORTED_KEY:
    "Cannot read what is said here, and is not read: their key is of a kind that this page does not know",
  DAMAGED_KEY: "Not verified, is sent nothing and not read: their key is damaged",
  NOT_ADMITTED: "Not verified, is sent nothing and not read: their key is of nobody invited",
  OWN_KEY: "Not verified, is sent nothing and not read: their key is your own",
  REPEATED_KEY: "Not verified, is sent nothing and not read: their key was somebody else’s",
  TOO_MANY_KEYS: "Not verified, is sent nothing and not read: too many have come and gone",
};

/** Warns of a member; to stand behind "Be careful:" and the name. Empty for one that is as it should be. */
export const WARNING: Record<PeerStatus, string> = {
  VERIFIED: "",
  UNSUPPORTED_KEY:
    "cannot read what is said here, and is not read. Their key is of a kind that this page does not know: an old program, or a server that changed the key.",
  DAMAGED_KEY: "is not verified, and is sent nothing. Their key is damaged, here or on its way through the server.",
  NOT_ADMITTED:
    "is not verified, and is sent nothing. Their key is of nobody who was invited: the server has changed it, or put somebody in.",
  OWN_KEY: "is not verified, and is sent nothing. The server sends your own key back as theirs.",
  REPEATED_KEY: "is not verified, and is sent nothing. The server shows somebody else’s key as theirs.",
  TOO_MANY_KEYS: "is not verified, and is sent nothing. Too many have come and gone to tell them apart.",
};

/** Says what became of something that cannot be read, to stand behind a name; and whether it is a warning. */
export function unreadable(why: Rejection): { text: string; warning: boolean } {
  switch (why) {
    case "UNKNOWN_KEY":
    case "BEFORE_KEY":
      return { text: "said something before their key came here.", warning: false };
    case "NOT_VERIFIED":
      return { text: "is not verified, and what they send is not read.", warning: true };
    case "BAD_SIGNATURE":
      return { text: "did not write what the server sent in their name. It is not shown.", warning: true };
    case "STALE_KEY":
    case "RETIRED_KEY":
    case "REPLAYED":
      return { text: "did not say this now: the server sent it again. It is not shown.", warning: true };
    case "GAP_TOO_LARGE":
      return { text: "said too much that the server held back.", warning: true };
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
  expired: "It has reached the age that the server allows. Its invites are gone too.",
};

/** Says why a room is closed, and what to do. */
export function roomClosed(reason: ClosedReason, owned: boolean): string {
  return owned
    ? `${ROOM_CLOSED[reason]} To go on, make another one, and invite the others again.`
    : `${ROOM_CLOSED[reason]} To go on, make one of your own, or ask for an invite to another.`;
}

/** Says what is to be made of who is there. */
export function peopleNote(others: number, suspicious: number): string {
  if (others === 0) {
    return "";
  }
  return suspicious === 0
    ? "Verified means that they were invited to this room. Whether it is who you think, the safety number tells."
    : "Who is not verified has a program that this page does not know, or was put in or changed by the server. If you did not expect that, do not go on here.";
}

/** Says whom the safety number stands for. */
export function safetyNumberOf(verified: number): string {
  if (verified === 0) {
    return "Nobody else is here who is verified: there is nobody to compare it with yet.";
  }
  return verified === 1
    ? "It stands for you and the one other here who is verified."
    : `It stands for you and the ${verified} others here who are verified.`;
}

/** Says how many people are in the room, oneself included, and what is known of them. */
export function presence(people: number, suspicious: number, compared: boolean): string {
  if (people === 1) {
    return "Nobody else is here";
  }
  return `${people} people · ${suspicious > 0 ? `${suspicious} not verified` : compared ? "compared" : "all verified"}`;
}
