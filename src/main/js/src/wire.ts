import { ERROR_CODES, type ErrorCode } from "./codes.js";
import { JoinKey, RoomId, UserId, type KeyKind } from "./ids.js";
import type { ClosedReason, LeftReason } from "./listener.js";
import { parseStrictly } from "./strictJson.js";

/** The version of the protocol that this code speaks. */
export const VERSION = 1;

/** A request, as it goes over the wire but for its id. */
export interface Request {
  readonly cmd: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A member, as a server describes it. */
export interface User {
  readonly id: UserId;
  readonly username: string;
  readonly publicKey: string;
}

/** What a server sends, with every field of its own type and form. */
export type ServerPacket =
  | { readonly type: "welcome"; readonly version: number; readonly user: UserId; readonly limits: Map<string, number> }
  | { readonly type: "roomCreated"; readonly room: RoomId; readonly owner: UserId; readonly name: string }
  | { readonly type: "keyIssued"; readonly room: RoomId; readonly kind: KeyKind; readonly key: JoinKey }
  | { readonly type: "done"; readonly room: RoomId }
  | {
      readonly type: "joined";
      readonly user: UserId;
      readonly room: RoomId;
      readonly roomName: string;
      readonly users: readonly User[];
    }
  | { readonly type: "messageSent"; readonly room: RoomId; readonly recipients: number }
  | { readonly type: "members"; readonly room: RoomId; readonly owner: UserId; readonly users: readonly User[] }
  | {
      readonly type: "message";
      readonly room: RoomId;
      readonly sender: UserId;
      readonly username: string;
      readonly content: string;
    }
  | { readonly type: "userJoined"; readonly room: RoomId; readonly user: User }
  | { readonly type: "userLeft"; readonly room: RoomId; readonly user: UserId; readonly reason: LeftReason }
  | { readonly type: "roomClosed"; readonly room: RoomId; readonly reason: ClosedReason }
  | { readonly type: "failure"; readonly code: ErrorCode; readonly retryAfterMs?: number };

export type PacketType = ServerPacket["type"];

/** The packet of one type. */
export type Packet<T extends PacketType> = Extract<ServerPacket, { type: T }>;

/** A packet, and the id of the request that it answers; without one it is an event. */
export interface ServerFrame {
  readonly id: string | undefined;
  readonly packet: ServerPacket;
}

/** The frame is not what a server of this protocol sends. The message quotes nothing of it. */
export class MalformedFrameError extends Error {}

const ERROR_SUFFIX = "-error";
const MAX_INT = 2 ** 31 - 1;

/** Returns the frame of a request. */
export function encode(request: Request, id: string): string {
  return JSON.stringify({ cmd: request.cmd, id, data: request.data });
}

/**
 * Reads one text message. Fields that are not known are ignored.
 *
 * @returns undefined for an event that this version does not know, which a client ignores
 * @throws MalformedFrameError if a field is missing or has another type or form
 */
export function decode(frame: string): ServerFrame | undefined {
  let root: Fields;
  try {
    root = fieldsOf(parseStrictly(frame));
  } catch (malformed) {
    throw new MalformedFrameError(malformed instanceof Error ? malformed.message : "");
  }
  const id = typeof root["id"] === "string" ? root["id"] : undefined;
  const packet = decodePacket(text(root, "cmd"), root);
  return packet === undefined ? undefined : { id, packet };
}

type Fields = Readonly<Record<string, unknown>>;

function decodePacket(command: string, root: Fields): ServerPacket | undefined {
  // The one frame without data.
  const data = fieldsOf(root[command === "create-room" ? "room" : "data"]);
  if (command === "error" || command.endsWith(ERROR_SUFFIX)) {
    return failure(data);
  }
  switch (command) {
    case "hello":
      return { type: "welcome", version: number(data, "version"), user: user(data, "user_id"), limits: limits(data) };
    case "create-room":
      text(root, "client_room_id");
      return { type: "roomCreated", room: room(data), owner: user(data, "owner_id"), name: text(data, "name") };
    case "room-key-onetime":
      return keyIssued(data, "one-time", "one_time_key");
    case "room-key-forever":
      return keyIssued(data, "forever", "forever_join_key");
    case "reset-room-keys":
    case "leave-room":
    case "close-room":
      return { type: "done", room: room(data) };
    case "joined":
      return joined(data);
    case "message-sent":
      return { type: "messageSent", room: room(data), recipients: number(data, "recipients") };
    case "list-members":
      return { type: "members", room: room(data), owner: user(data, "owner_id"), users: users(data) };
    default:
      return decodeEvent(command, data);
  }
}

function decodeEvent(command: string, data: Fields): ServerPacket | undefined {
  switch (command) {
    case "send-message":
      return message(data);
    case "user-joined-onetime":
    case "user-joined-forever":
      text(data, "room_name");
      return { type: "userJoined", room: room(data), user: userOf(data, "public_key") };
    case "user-left": {
      const reason = text(data, "reason") === "left" ? "left" : "disconnected";
      return { type: "userLeft", room: room(data), user: user(data, "user_id"), reason };
    }
    case "room-closed": {
      const reason = text(data, "reason");
      const known = reason === "owner-left" || reason === "expired" ? reason : "closed";
      return { type: "roomClosed", room: room(data), reason: known };
    }
    default:
      return undefined;
  }
}

function failure(data: Fields): ServerPacket {
  const code = text(data, "code");
  text(data, "msg");
  if (data["room_id"] !== undefined) {
    room(data);
  }
  // A newer server may know more codes: what they share is that it could not be done.
  const known = ERROR_CODES.find((one) => one === code) ?? "unavailable";
  const wait = data["retry_after_ms"];
  return typeof wait === "number" && wait >= 0
    ? { type: "failure", code: known, retryAfterMs: wait }
    : { type: "failure", code: known };
}

function keyIssued(data: Fields, kind: KeyKind, field: string): ServerPacket {
  return { type: "keyIssued", room: room(data), kind, key: token(JoinKey.parse, data, field) };
}

function joined(data: Fields): ServerPacket {
  return {
    type: "joined",
    user: user(data, "user_id"),
    room: room(data),
    roomName: text(data, "room_name"),
    users: users(data),
  };
}

function message(data: Fields): ServerPacket {
  return {
    type: "message",
    room: room(data),
    sender: user(data, "user_id"),
    username: text(data, "username"),
    content: text(data, "content"),
  };
}

function limits(data: Fields): Map<string, number> {
  const numbers = Object.entries(fieldsOf(data["limits"])).filter(([, limit]) => typeof limit === "number");
  return new Map(numbers as [string, number][]);
}

function users(data: Fields): User[] {
  const list = data["users"];
  if (!Array.isArray(list)) {
    throw new MalformedFrameError("users is missing, or not an array");
  }
  return list.map((entry) => userOf(fieldsOf(entry), "public_key_string"));
}

function userOf(entry: Fields, keyField: string): User {
  return { id: user(entry, "user_id"), username: text(entry, "username"), publicKey: text(entry, keyField) };
}

function room(data: Fields): RoomId {
  return token(RoomId.parse, data, "room_id");
}

function user(data: Fields, field: string): UserId {
  return token(UserId.parse, data, field);
}

function token<T>(parse: (text: string) => T | undefined, data: Fields, field: string): T {
  const value = parse(text(data, field));
  if (value === undefined) {
    throw new MalformedFrameError(`${field} is of the wrong form`);
  }
  return value;
}

function text(fields: Fields, field: string): string {
  const value = fields[field];
  if (typeof value !== "string") {
    throw new MalformedFrameError(`${field} is missing, or not a string`);
  }
  return value;
}

function number(fields: Fields, field: string): number {
  const value = fields[field];
  if (typeof value !== "number" || !Number.isInteger(value) || Math.abs(value) > MAX_INT) {
    throw new MalformedFrameError(`${field} is missing, or not an integer`);
  }
  return value;
}

/** Returns an object's own fields; none of anything else. */
function fieldsOf(value: unknown): Fields {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? Object.assign(Object.create(null) as Fields, value) : {};
}
