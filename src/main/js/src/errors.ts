import { closeCodeOf, retryOf, type CloseCode, type ErrorCode, type Retry } from "./codes.js";

/**
 * What can go wrong with a connection, a room or a request: one subclass for each. The promises of this library are
 * rejected with these. No message quotes a key, an id, a name or a text; all are for people.
 */
export abstract class ResoluteError extends Error {
  protected constructor(name: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = name;
  }
}

/** There is no connection: nobody answers there, or not in time. Trying again later can help. */
export class ConnectFailedError extends ResoluteError {
  constructor(message: string, cause?: unknown, name = "ConnectFailedError") {
    super(name, message, cause);
  }
}

/**
 * The server's certificate is not trusted: the server is another one than it should be, somebody is in between, or its
 * certificate was replaced. Nothing has been sent to it. Only Node can tell; a browser gives {@link ConnectFailedError}.
 */
export class ServerNotTrustedError extends ConnectFailedError {
  constructor(cause?: unknown) {
    super("the server's certificate is not trusted", cause, "ServerNotTrustedError");
  }
}

/** Something answers there, and it is not a server of this protocol in a version known here. */
export class UnsupportedServerError extends ConnectFailedError {
  constructor(message: string, cause?: unknown) {
    super(message, cause, "UnsupportedServerError");
  }
}

/** The code of a connection that ended without a close frame (RFC 6455 §7.4.1). */
export const NO_CLOSE_FRAME = 1006;

/**
 * The connection has ended, and with it every membership and every room that was made over it. What was not answered
 * yet may or may not have been done.
 */
export class ConnectionLostError extends ResoluteError {
  /** The code of the close frame; {@link NO_CLOSE_FRAME} if there was none. */
  readonly code: number;
  /** The reason that the server gave: any text, possibly empty, and not to be trusted. */
  readonly reason: string;

  private constructor(message: string, code: number, reason: string, cause?: unknown) {
    super("ConnectionLostError", message, cause);
    this.code = code;
    this.reason = reason;
  }

  /** The catalogue's entry for the code, which tells whether to connect again. */
  get closeCode(): CloseCode | undefined {
    return closeCodeOf(this.code);
  }

  /** @internal The peer has sent a close frame, or has been sent one. */
  static closed(code: number, reason: string): ConnectionLostError {
    // The reason is the peer's text: the catalogue's own is the one fit to be shown.
    const known = closeCodeOf(code)?.reason ?? "";
    const message = `the connection was closed with code ${code}`;
    return new ConnectionLostError(known === "" ? message : `${message}: ${known}`, code, reason);
  }

  /** @internal The connection broke. */
  static broken(how: string, cause?: unknown): ConnectionLostError {
    return new ConnectionLostError(`the connection is lost: ${how}`, NO_CLOSE_FRAME, "", cause);
  }
}

/** What is wrong with a text that is not an invite; the first that was found. */
export type InviteProblem = keyof typeof PROBLEMS;

const PROBLEMS = {
  NOT_A_LINK: "it is not a link",
  NOT_HTTPS: "it does not begin with https://",
  HOST: "it names no host",
  PORT: "its port is not between 1 and 65535",
  EXTRA_PARTS: "between the host and the # there is more than a /",
  PARTS: "behind the # there are not four parts with points between them",
  ROOM_ID: "the room's id behind the # is not 32 letters and digits",
  KIND: "the kind behind the # is neither o nor f",
  JOIN_KEY: "the join key behind the # is not 32 letters and digits",
  ROOM_SECRET: "the room's secret at the end is not 43 letters, digits, - and _",
  NO_ROOM_SECRET: "the room's secret at the end is missing",
  NO_FRAGMENT: "there is no # in it; what stands behind the # is the secret, which got lost on the way",
  LOST_CASE: "its capital and small letters got lost on the way",
} as const;

/** A text is not an invite, or not one to a sealed room. Neither the message nor the problem quotes anything of it. */
export class InvalidInviteError extends ResoluteError {
  readonly problem: InviteProblem;

  constructor(problem: InviteProblem) {
    super("InvalidInviteError", `this is not an invite: ${PROBLEMS[problem]}`);
    this.problem = problem;
  }
}

/** Nothing can be sent to the member: it is gone, or its public key is not one to trust. */
export class MemberUnreachableError extends ResoluteError {
  constructor() {
    super("MemberUnreachableError", "the member cannot be reached");
  }
}

/** The message is longer than the room's encryption can carry. Nobody was sent any of it. */
export class MessageTooLongError extends ResoluteError {
  /** The length of the message, in bytes of UTF-8. */
  readonly length: number;
  /** The length of the longest message, in bytes of UTF-8. */
  readonly limit: number;

  constructor(length: number, limit: number) {
    super("MessageTooLongError", `the message has ${length} bytes, and at most ${limit} fit`);
    this.length = length;
    this.limit = limit;
  }
}

/** The server has answered with an error. */
export class RequestRefusedError extends ResoluteError {
  /** What the server said. */
  readonly code: ErrorCode;
  /** After how many milliseconds the same request can succeed; undefined if the server did not say. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, retryAfterMs?: number) {
    super("RequestRefusedError", `the server refuses: ${code}`);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether sending the request again can help, and how. */
  get retry(): Retry {
    return retryOf(this.code);
  }

  /** Whether the same request may succeed after a while. */
  get retryable(): boolean {
    return this.retry === "later";
  }
}

/** The server has not answered in time. What was asked for may or may not have been done. */
export class RequestTimeoutError extends ResoluteError {
  constructor(waitedMs: number) {
    super("RequestTimeoutError", `the server has not answered for ${waitedMs} ms`);
  }
}

/** This client is not in the room any more: it left, or the room was closed. */
export class RoomEndedError extends ResoluteError {
  constructor(message: string) {
    super("RoomEndedError", message);
  }
}

/** More waits to be sent than {@link ConnectOptions} allows. Nothing of this request was sent. */
export class SendQueueFullError extends ResoluteError {
  constructor() {
    super("SendQueueFullError", "too much waits to be sent: the connection is slower than its user");
  }
}
