import type { ConnectionLostError } from "./errors.js";
import type { UserId } from "./ids.js";
import type { Invite } from "./invite.js";
import type { RoomListener } from "./listener.js";
import type { ConnectOptions } from "./options.js";
import type { ClientRoom } from "./room.js";

/**
 * A connection to a server, and the way into its rooms.
 *
 * A client is connected from the moment at which {@link connect} yields it until it is closed or lost; it never
 * connects again by itself, because the rooms and memberships of a connection die with it. Its private keys are made
 * anew for every room, and forgotten when this client leaves it.
 */
export class ResoluteClient {
  private constructor() {}

  /**
   * Connects, and asks the server which version and limits it has.
   *
   * @param server `wss://HOST:PORT/v1`; invites lead to the path `/v1` of its host
   * @returns rejected with {@link ServerNotTrustedError}, {@link UnsupportedServerError} or another {@link
   *     ConnectFailedError}, or with {@link ConnectionLostError} if the server closes at once
   * @throws TypeError if `server` is not a `wss` URL without a fragment; RangeError if an option is out of range
   */
  static connect(server: string | URL, options: ConnectOptions = {}): Promise<ResoluteClient> {
    throw new Error("not implemented yet", { cause: [server, options] });
  }

  /** The id under which the members of rooms see this connection. */
  get userId(): UserId {
    throw new Error("not implemented yet");
  }

  /** The server's limits by name, in bytes or as counts; any may be missing. */
  get limits(): ReadonlyMap<string, number> {
    throw new Error("not implemented yet");
  }

  /** Fulfilled when the connection has ended, for whatever reason, with that reason; never rejected. */
  get terminated(): Promise<ConnectionLostError> {
    throw new Error("not implemented yet");
  }

  /**
   * Makes a room that this client owns and is in. It lives for as long as this client is in it.
   *
   * @param name what the room is called, for people: at most 511 bytes of UTF-8, which the server does not see
   * @param username what the others call this client, likewise
   * @param listener told what happens in the room
   * @returns rejected with {@link RequestRefusedError} if a limit of the server forbids it, and with RangeError if a
   *     name is too long, or holds half a surrogate pair
   */
  createRoom(name: string, username: string, listener: RoomListener = {}): Promise<ClientRoom> {
    throw new Error("not implemented yet", { cause: [name, username, listener] });
  }

  /**
   * Enters a room.
   *
   * @param username what the others call this client: at most 511 bytes of UTF-8, which the server does not see
   * @param listener told what happens in the room, from the first moment on
   * @returns rejected with {@link RequestRefusedError} if the invite does not let anybody in, any more or at all, or if
   *     this client is in the room; with {@link InvalidInviteError} if the invite holds no secret; and with RangeError
   *     if it is for another server than this client is connected to, or if the name is too long or holds half a
   *     surrogate pair
   */
  join(invite: Invite, username: string, listener: RoomListener = {}): Promise<ClientRoom> {
    throw new Error("not implemented yet", { cause: [invite, username, listener] });
  }

  /**
   * Leaves all rooms and ends the connection with a close frame, once all that was passed to it is on its way. Returns
   * at once; {@link terminated} tells when it is done, in about two seconds at most. What the server has not answered
   * by then fails. Closing again does nothing.
   */
  close(): void {
    throw new Error("not implemented yet");
  }
}
