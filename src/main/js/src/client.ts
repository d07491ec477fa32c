import type { Call, Connection } from "./connection.js";
import { dial } from "./dialer.js";
import { requireName } from "./e2ee/padding.js";
import { RoomSecret } from "./e2ee/roomSecret.js";
import { SealedEntrance } from "./e2ee/sealedEntrance.js";
import { UnsupportedServerError, type ConnectionLostError } from "./errors.js";
import type { UserId } from "./ids.js";
import type { Invite } from "./invite.js";
import type { RoomListener } from "./listener.js";
import { settingsOf, type ConnectOptions } from "./options.js";
import { ClientRoom, type Entry } from "./room.js";
import type { Packet, PacketType } from "./wire.js";

// The protocol wants one to tell apart what is made at the same time; the answers do that here.
const CLIENT_ROOM_ID = "room";

/**
 * A connection to a server, and the way into its rooms.
 *
 * A client is connected from the moment at which {@link connect} yields it until it is closed or lost; it never
 * connects again by itself, because the rooms and memberships of a connection die with it. Its private keys are made
 * anew for every room, and forgotten when this client leaves it.
 */
export class ResoluteClient {
  readonly #connection: Connection;
  readonly #server: URL;
  readonly #welcome: Packet<"welcome">;

  private constructor(connection: Connection, server: URL, welcome: Packet<"welcome">) {
    this.#connection = connection;
    this.#server = server;
    this.#welcome = welcome;
  }

  /**
   * Connects, and asks the server which version and limits it has.
   *
   * @param server `wss://HOST:PORT/v1`; invites lead to the path `/v1` of its host
   * @returns rejected with {@link ServerNotTrustedError}, {@link UnsupportedServerError} or another {@link
   *     ConnectFailedError}, or with {@link ConnectionLostError} if the server closes at once; with TypeError if `server`
   *     is not a `wss` URL without a fragment, and with RangeError if an option is out of range
   */
  static async connect(server: string | URL, options: ConnectOptions = {}): Promise<ResoluteClient> {
    const url = new URL(server);
    if (url.protocol !== "wss:" || url.hash !== "") {
      throw new TypeError("a server's address is wss://HOST:PORT/v1");
    }
    const { connection, welcome } = await dial(url, settingsOf(options));
    return new ResoluteClient(connection, url, welcome);
  }

  /** The id under which the members of rooms see this connection. */
  get userId(): UserId {
    return this.#welcome.user;
  }

  /** The server's limits by name, in bytes or as counts; any may be missing. */
  get limits(): ReadonlyMap<string, number> {
    return new Map(this.#welcome.limits);
  }

  /** Fulfilled when the connection has ended, for whatever reason, with that reason; never rejected. */
  get terminated(): Promise<ConnectionLostError> {
    return this.#connection.over;
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
  async createRoom(name: string, username: string, listener: RoomListener = {}): Promise<ClientRoom> {
    requireName(name);
    requireName(username);
    return this.#enter(RoomSecret.generate(), "roomCreated", async (entrance) => ({
      request: {
        cmd: "create-room",
        data: {
          name: await entrance.sealRoomName(name),
          username: await entrance.sealUsername(username),
          client_room_id: CLIENT_ROOM_ID,
          public_key_string: await entrance.publicKey(),
        },
      },
      use: ({ room, owner }) =>
        this.#room(entrance, listener, { id: room, name, self: owner, isOwned: true, users: [] }),
    }));
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
  async join(invite: Invite, username: string, listener: RoomListener = {}): Promise<ClientRoom> {
    requireName(username);
    const secret = invite.requireSecret();
    if (invite.server().host !== this.#server.host) {
      // The key in it is no other server's business.
      throw new RangeError("the invite is for another server");
    }
    const isOneTime = invite.kind === "one-time";
    return this.#enter(secret.copy(), "joined", async (entrance) => ({
      request: {
        cmd: isOneTime ? "join-room-onetime" : "join-room-forever",
        data: {
          room_id: invite.room,
          [isOneTime ? "one_time_key" : "forever_key"]: invite.key,
          username: await entrance.sealUsername(username),
          public_key: await entrance.publicKey(),
        },
      },
      use: async ({ user, roomName, users }) => {
        const name = (await entrance.names.openRoomName(roomName)) ?? "";
        // Not the id in the answer: a server could name another room.
        return this.#room(entrance, listener, { id: invite.room, name, self: user, isOwned: false, users });
      },
    }));
  }

  /**
   * Leaves all rooms, whose keys are erased, and ends the connection with a close frame, once all that was passed to it
   * is on its way. Returns at once; {@link terminated} tells when it is done, in about two seconds at most. What the server has not answered
   * by then fails. Closing again does nothing.
   */
  close(): void {
    this.#connection.close();
  }

  /** @param secret owned by the room from here on; erased if there is none */
  async #enter<T extends PacketType>(
    secret: RoomSecret,
    type: T,
    prepare: (entrance: SealedEntrance) => Promise<Call<T, ClientRoom>>,
  ): Promise<ClientRoom> {
    try {
      return await this.#connection.call(async () => {
        const entrance = await SealedEntrance.prepare(secret);
        const fail = (why: Error): never => {
          entrance.wipe();
          throw why;
        };
        try {
          return { later: this.#connection.request(type, { ...(await prepare(entrance)), fail }) };
        } catch (notSent) {
          return fail(notSent as Error);
        }
      });
    } catch (noRoom) {
      // Also where it never was its turn.
      secret.wipe();
      throw noRoom;
    }
  }

  async #room(entrance: SealedEntrance, listener: RoomListener, entry: Omit<Entry, "server">): Promise<ClientRoom> {
    try {
      this.#connection.requireOpen(); // Whoever has closed the client has left all rooms.
      if (this.#connection.rooms.has(entry.id)) {
        throw new UnsupportedServerError("this client is in that room already");
      }
      const cipher = entrance.enter(entry.id);
      return await ClientRoom.enter(this.#connection, cipher, listener, { ...entry, server: this.#server });
    } catch (useless) {
      entrance.wipe();
      throw useless;
    }
  }
}
