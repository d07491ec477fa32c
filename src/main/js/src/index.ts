export { ResoluteClient } from "./client.js";
export {
  CLOSE_CODES,
  ERROR_CODES,
  closeCodeOf,
  retryOf,
  type CloseCode,
  type ErrorCode,
  type Reconnect,
  type Retry,
} from "./codes.js";
export type { PeerStatus } from "./e2ee/peerStatus.js";
export type { Rejection } from "./e2ee/rejection.js";
export { RoomSecret } from "./e2ee/roomSecret.js";
export type { SafetyNumber } from "./e2ee/safetyNumber.js";
export * from "./errors.js";
export { eventBusTransport, type BusCallback, type BusMessage, type EventBusLike } from "./eventBus.js";
export { JoinKey, RoomId, UserId, type KeyKind } from "./ids.js";
export { Invite } from "./invite.js";
export type { ClosedReason, ConnectionListener, LeftReason, RoomListener } from "./listener.js";
export type { Member, RoomMembers, SendResult } from "./member.js";
export type { ConnectOptions } from "./options.js";
export { readPastedInvite, type PastedInvite } from "./pastedInvite.js";
export { ClientRoom } from "./room.js";
export {
  webSocketTransport,
  type Transport,
  type TransportEvents,
  type TransportFactory,
  type WebSocketLike,
} from "./transport.js";
