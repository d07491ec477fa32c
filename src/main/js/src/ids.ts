/** Room ids, user ids and join keys: 32 characters from `A–Z a–z 0–9`, drawn by the server (about 190 bits). */

declare const kind: unique symbol;

/** Names a room for as long as it lives. Lets nobody in. */
export type RoomId = string & { readonly [kind]: "RoomId" };

/** Names a connection, and is the same in every room that the connection is in. Proves nothing. */
export type UserId = string & { readonly [kind]: "UserId" };

/** Lets its holder into a room. A secret. */
export type JoinKey = string & { readonly [kind]: "JoinKey" };

/** Whether a join key works once, or until the owner resets the room's keys. */
export type KeyKind = "one-time" | "forever";

const FORM = /^[A-Za-z0-9]{32}$/;

function parser<Id extends string>(): { parse(text: string): Id | undefined } {
  return Object.freeze({ parse: (text: string) => (FORM.test(text) ? (text as Id) : undefined) });
}

/** Reads room ids: `RoomId.parse(text)` is undefined if `text` has another form. */
export const RoomId = parser<RoomId>();

/** Reads user ids: `UserId.parse(text)` is undefined if `text` has another form. */
export const UserId = parser<UserId>();

/** Reads join keys: `JoinKey.parse(text)` is undefined if `text` has another form. */
export const JoinKey = parser<JoinKey>();
