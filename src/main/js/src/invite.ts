import { RoomSecret } from "./e2ee/roomSecret.js";
import { Redacted } from "./e2ee/redacted.js";
import { InvalidInviteError } from "./errors.js";
import { JoinKey, RoomId, type KeyKind } from "./ids.js";
import { isHost, splitLink, type LinkParts } from "./link.js";

/** The path under which every server that an invite names serves this protocol. */
const PATH = "/v1";
const HTTPS_PORT = 443;
const MAX_PORT = 65535;

/** @internal Returns the port that a `https` or `wss` URL names or stands for. */
export function portOf(url: URL): number {
  return url.port === "" ? HTTPS_PORT : Number(url.port);
}

/**
 * Lets its holder into a room: the link `https://HOST:PORT/#ROOM_ID.KIND.JOIN_KEY.S`, where KIND is `o` for a key that
 * works once and `f` for one that works until the keys are reset, and S is the room's secret. What stands behind the
 * `#` is secret, and no browser sends it to a server. A room of old peers has no secret, and the link ends with the
 * key. Printing an invite gives nothing away; {@link toLink} does.
 */
export class Invite extends Redacted {
  /** A name or an address, as it stands in a URL: an IPv6 address is in brackets. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
  readonly room: RoomId;
  readonly kind: KeyKind;
  readonly #key: JoinKey;
  readonly #secret: RoomSecret | undefined;

  /**
   * Checks `host` and `port`.
   *
   * @param secret what members are told from others by, and what the server never gets; undefined in a room of old peers
   * @throws InvalidInviteError if the host or the port is not what it should be
   */
  constructor(host: string, port: number, room: RoomId, kind: KeyKind, key: JoinKey, secret?: RoomSecret) {
    super("Invite");
    if (!Number.isInteger(port) || port < 1 || port > MAX_PORT) {
      throw new InvalidInviteError("PORT");
    }
    if (!isHost(host)) {
      throw new InvalidInviteError("HOST");
    }
    this.host = host;
    this.port = port;
    this.room = room;
    this.kind = kind;
    this.#key = key;
    this.#secret = secret;
  }

  /**
   * Reads a link. Nothing around it is tolerated, not even a space.
   *
   * @throws InvalidInviteError if `link` is not of the form that {@link toLink} writes; the port may be missing and is
   *     443 then, and so may the slash behind it
   */
  static parse(link: string): Invite {
    const parts = splitLink(link);
    if (parts === undefined) {
      throw new InvalidInviteError("NOT_A_LINK");
    }
    if (parts.scheme.toLowerCase() !== "https") {
      throw new InvalidInviteError("NOT_HTTPS");
    }
    if (parts.host === undefined) {
      throw new InvalidInviteError("HOST");
    }
    if ((parts.path !== "" && parts.path !== "/") || parts.user !== undefined || parts.query !== undefined) {
      throw new InvalidInviteError("EXTRA_PARTS");
    }
    return Invite.#parse(parts.host, parts.port ?? HTTPS_PORT, parts);
  }

  static #parse(host: string, port: number, { fragment }: LinkParts): Invite {
    const texts = (fragment ?? "").split(".");
    if (texts.length !== 3 && texts.length !== 4) {
      throw new InvalidInviteError("PARTS");
    }
    const room = RoomId.parse(texts[0]!);
    if (room === undefined) {
      throw new InvalidInviteError("ROOM_ID");
    }
    if (texts[1] !== "o" && texts[1] !== "f") {
      throw new InvalidInviteError("KIND");
    }
    const key = JoinKey.parse(texts[2]!);
    if (key === undefined) {
      throw new InvalidInviteError("JOIN_KEY");
    }
    const secret = texts[3] === undefined ? undefined : RoomSecret.parse(texts[3]);
    if (texts[3] !== undefined && secret === undefined) {
      throw new InvalidInviteError("ROOM_SECRET");
    }
    return new Invite(host, port, room, texts[1] === "o" ? "one-time" : "forever", key, secret);
  }

  /** What the server lets its holder in for. A secret. */
  get key(): JoinKey {
    return this.#key;
  }

  /** The room's secret; undefined in a room of old peers. */
  get secret(): RoomSecret | undefined {
    return this.#secret;
  }

  /**
   * Returns the room's secret.
   *
   * @throws InvalidInviteError if there is none, so that this library cannot enter the room
   */
  requireSecret(): RoomSecret {
    if (this.#secret === undefined) {
      throw new InvalidInviteError("NO_ROOM_SECRET");
    }
    return this.#secret;
  }

  /** Returns where to connect to: `wss://HOST:PORT/v1`. */
  server(): URL {
    return new URL(`wss://${this.host}:${this.port}${PATH}`);
  }

  /** Returns the link, which {@link parse} reads. It is a secret. */
  toLink(): string {
    const letter = this.kind === "one-time" ? "o" : "f";
    const secret = this.#secret === undefined ? "" : `.${this.#secret.toText()}`;
    return `https://${this.host}:${this.port}/#${this.room}.${letter}.${this.#key}${secret}`;
  }
}
