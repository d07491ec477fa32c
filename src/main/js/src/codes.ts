/** The catalogues of the protocol: what a server answers with when it refuses, and how it closes a connection. */

/** Whether sending a request again can help: never, with another key, or after a while. */
export type Retry = "never" | "with-another-key" | "later";

/** Each error code of a server, and whether to try again. */
const RETRY = {
  /** The frame is not a request. */
  "bad-packet": "never",
  /** The server does not know this command. */
  "unknown-command": "never",
  /** The server speaks none of the versions that were offered. */
  "unsupported-version": "never",
  /** There is no such room, or this client is not in it. */
  "not-found": "never",
  /** Only the owner of the room may do this. */
  forbidden: "never",
  /** The join was refused: no such room, or no such key. */
  "bad-key": "with-another-key",
  /** This client is in the room. */
  "already-joined": "never",
  /** No member of the room has this id. */
  "no-such-member": "never",
  /** The public key is not a series of PEM blocks. */
  "bad-public-key": "never",
  /** A field is longer than the server's limit. */
  "too-large": "never",
  /** A number of rooms, members or keys has reached the server's limit. */
  "limit-reached": "later",
  /** Too many requests in too short a time. */
  "rate-limited": "later",
  /** The server could not do it now. A code that this library does not know becomes this one. */
  unavailable: "later",
} as const satisfies Record<string, Retry>;

/** Why a server refuses a request, as it spells it. */
export type ErrorCode = keyof typeof RETRY;

/** Every error code. */
export const ERROR_CODES: readonly ErrorCode[] = Object.freeze(Object.keys(RETRY) as ErrorCode[]);

/** Returns whether sending the refused request again can help. */
export function retryOf(code: ErrorCode): Retry {
  return RETRY[code];
}

/** Whether to connect again: never, at once if the user wants to, or after some seconds, a different number each. */
export type Reconnect = "never" | "as-needed" | "after-a-while";

/** One code that a connection ends with (RFC 6455 §7.4; from 4000 on the protocol's own). */
export interface CloseCode {
  readonly code: number;
  /** For people; empty for a normal end. */
  readonly reason: string;
  readonly reconnect: Reconnect;
}

function closeCode(code: number, reconnect: Reconnect, reason: string): CloseCode {
  return Object.freeze({ code, reconnect, reason });
}

/** Every close code of a server. */
export const CLOSE_CODES: readonly CloseCode[] = Object.freeze([
  closeCode(1000, "as-needed", ""),
  closeCode(1001, "after-a-while", "going away"),
  closeCode(1002, "never", "protocol error"),
  closeCode(1003, "never", "text messages only"),
  closeCode(1007, "never", "invalid UTF-8"),
  closeCode(1008, "never", "policy violation"),
  closeCode(1009, "never", "message too big"),
  closeCode(1011, "after-a-while", "internal error"),
  closeCode(4000, "as-needed", "slow consumer"),
  closeCode(4001, "after-a-while", "too many connections"),
  closeCode(4002, "as-needed", "idle"),
  closeCode(4003, "after-a-while", "too many connections from this address"),
]);

/** Returns the catalogue's entry for a code; undefined for one that is not in it. */
export function closeCodeOf(code: number): CloseCode | undefined {
  return CLOSE_CODES.find((entry) => entry.code === code);
}
