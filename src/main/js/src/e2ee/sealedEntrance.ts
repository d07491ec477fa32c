import type { RoomId } from "../ids.js";
import { Admission } from "./admission.js";
import { secureRandom, type Random } from "./bytes.js";
import { Identity } from "./identity.js";
import { PublishedKey } from "./publishedKey.js";
import { Redacted } from "./redacted.js";
import type { RoomSecret } from "./roomSecret.js";
import { SealedName } from "./sealedName.js";
import { SealedRoom } from "./sealedRoom.js";
import { Speaker } from "./speaker.js";

/**
 * What a client needs to enter one room: a new identity, and what the room secret yields. It has the names and the key
 * that the client enters with, and becomes a {@link SealedRoom} then, which erases what this object holds when it ends.
 */
export class SealedEntrance extends Redacted {
  readonly #identity: Identity;
  readonly #secret: RoomSecret;
  readonly #random: Random;

  private constructor(
    identity: Identity,
    secret: RoomSecret,
    readonly admission: Admission,
    readonly names: SealedName,
    random: Random,
  ) {
    super("SealedEntrance");
    this.#identity = identity;
    this.#secret = secret;
    this.#random = random;
  }

  /**
   * Makes an identity.
   *
   * @param secret owned by this object from here on
   */
  static async prepare(secret: RoomSecret, random: Random = secureRandom): Promise<SealedEntrance> {
    return SealedEntrance.of(await Identity.generate(random), secret, random);
  }

  static async of(identity: Identity, secret: RoomSecret, random: Random): Promise<SealedEntrance> {
    const admission = await Admission.of(secret);
    return new SealedEntrance(identity, secret, admission, await SealedName.of(secret), random);
  }

  /** Returns what this client publishes to the room: PEM blocks. */
  async publicKey(): Promise<string> {
    const bundle = this.#identity.bundle.encoded;
    return PublishedKey.toPem(bundle, await this.admission.tag(bundle));
  }

  /**
   * Returns what the server is told of what this client is called.
   *
   * @throws RangeError if the name is too long, or holds half a surrogate pair
   */
  sealUsername(name: string): Promise<string> {
    return this.names.sealUsername(name, this.#identity.bundle.hash, this.#random);
  }

  /**
   * Returns what the server is told of what the room is called, for its creator.
   *
   * @throws RangeError if the name is too long, or holds half a surrogate pair
   */
  sealRoomName(name: string): Promise<string> {
    return this.names.sealRoomName(name, this.#random);
  }

  /** Returns the room, with nobody else in it. */
  enter(room: RoomId): SealedRoom {
    return new SealedRoom(this, new Speaker(room, this.#identity, this.#random));
  }

  /** Returns the secret for an invite: another object, which can be wiped on its own. */
  copySecret(): RoomSecret {
    return this.#secret.copy();
  }

  /** Erases every key. */
  wipe(): void {
    this.#identity.wipe();
    this.#secret.wipe();
    this.admission.wipe();
    this.names.wipe();
  }
}
