import type { UserId } from "../ids.js";
import { AUDIENCE, type Audience } from "./audience.js";
import { Bundle } from "./bundle.js";
import type { BundleHash } from "./bundleHash.js";
import { equal } from "./bytes.js";
import { Envelope, KIND } from "./envelope.js";
import { Handout } from "./handout.js";
import { using } from "./kdf.js";
import { Outbox, type Sealed } from "./outbox.js";
import { Padding } from "./padding.js";
import type { PeerStatus } from "./peerStatus.js";
import { PublishedKey } from "./publishedKey.js";
import { Redacted } from "./redacted.js";
import { Rejected, type Rejection } from "./rejection.js";
import type { RoomSecret } from "./roomSecret.js";
import { safetyNumberOf, type SafetyNumber } from "./safetyNumber.js";
import type { SealedEntrance } from "./sealedEntrance.js";
import { SealedMessage } from "./sealedMessage.js";
import { SealedPeer } from "./sealedPeer.js";
import type { Speaker } from "./speaker.js";

/** How many members, present and past, are kept in mind. */
export const MAX_IDENTITIES = 10_000;

/** What became of something that came in. */
export type Opened =
  /** It was a text, which the member said and nobody else. Before it, so many messages of the member did not arrive. */
  | { readonly kind: "text"; readonly text: string; readonly audience: Audience; readonly missing: number }
  /** It was the key of what the member says from here on. */
  | { readonly kind: "key" }
  /** It was not taken, and changed nothing. */
  | { readonly kind: "rejected"; readonly why: Rejection };

/**
 * One member's side of a sealed room: who the others are, what to send so that they and nobody else can read it, and
 * what came in. Its owner tells it who comes and goes, in the order of the wire, and sends what it returns, in the order
 * in which it is returned.
 *
 * Nothing that comes from a peer or from the server makes it throw. **One call at a time**: its owner waits for the
 * promise of one method before it calls any other. Were somebody to go all the same while a text is sealed, it is sealed
 * anew for those who stay.
 */
export class SealedRoom extends Redacted {
  readonly #entrance: SealedEntrance;
  readonly #self: Speaker;
  readonly #peers = new Map<UserId, SealedPeer>();
  readonly #seen = new Set<string>();
  readonly #toAll: Outbox;
  readonly #toOne = new Map<UserId, Outbox>();
  #isWiped = false;

  constructor(entrance: SealedEntrance, self: Speaker) {
    super("SealedRoom");
    this.#entrance = entrance;
    this.#self = self;
    this.#toAll = new Outbox(self, AUDIENCE.ROOM);
  }

  /** The length of the longest text that can be sealed, in bytes of UTF-8. */
  get maxTextBytes(): number {
    return Padding.MESSAGE.maxTextBytes;
  }

  /**
   * Takes in a member, in the place of whoever had its id before. It is sent what it needs together with the next
   * message, and cannot read earlier ones. Telling of a member again changes nothing.
   *
   * @param publicKey what the member publishes; any text
   * @returns what to make of it; only `VERIFIED` is sent anything and read
   */
  async admit(peer: UserId, publicKey: string): Promise<PeerStatus> {
    const published = PublishedKey.parse(publicKey);
    if (this.#isKnown(peer, published)) {
      return "VERIFIED";
    }
    this.remove(peer);
    if (published === undefined) {
      return PublishedKey.isClaimedBy(publicKey) ? "DAMAGED_KEY" : "UNSUPPORTED_KEY";
    }
    return this.#admit(peer, published);
  }

  /**
   * Returns whether this is what is known of a member already, so that {@link admit} would change nothing.
   *
   * @param publicKey what the member publishes; any text
   */
  knows(peer: UserId, publicKey: string): boolean {
    return this.#isKnown(peer, PublishedKey.parse(publicKey));
  }

  #isKnown(peer: UserId, published: PublishedKey | undefined): boolean {
    const known = this.#peers.get(peer);
    return known !== undefined && published !== undefined && equal(published.bundle, known.bundle.encoded);
  }

  async #admit(peer: UserId, published: PublishedKey): Promise<PeerStatus> {
    if (this.#isWiped || !(await this.#entrance.admission.verifies(published.bundle, published.admission))) {
      return "NOT_ADMITTED";
    }
    const bundle = await Bundle.parse(published.bundle);
    if (bundle === undefined) {
      return "DAMAGED_KEY";
    }
    const status = this.#judge(bundle.hash);
    if (status === "VERIFIED") {
      this.#seen.add(bundle.hash.hex);
      this.#peers.set(peer, new SealedPeer(bundle));
    }
    return status;
  }

  #judge(hash: BundleHash): PeerStatus {
    if (hash.hex === this.#self.identity.bundle.hash.hex) {
      return "OWN_KEY";
    }
    // Also after its holder has left: otherwise what it said then could be replayed as new.
    if (this.#seen.has(hash.hex)) {
      return "REPEATED_KEY";
    }
    return this.#seen.size < MAX_IDENTITIES ? "VERIFIED" : "TOO_MANY_KEYS";
  }

  /** Forgets a member that is gone. If it could read, the next message begins a new chain. */
  remove(peer: UserId): void {
    const gone = this.#peers.get(peer);
    if (gone !== undefined) {
      this.#peers.delete(peer);
      gone.wipe();
      this.#toAll.renew();
      this.#toOne.get(peer)?.renew();
      this.#toOne.delete(peer);
    }
  }

  /** Returns what a member is called; undefined if the member did not say so. */
  async usernameOf(peer: UserId, sealed: string): Promise<string | undefined> {
    const known = this.#peers.get(peer);
    return known === undefined ? undefined : this.#entrance.names.openUsername(sealed, known.bundle.hash);
  }

  /** Returns what the room is called; undefined if nobody of the room said so. */
  async roomName(sealed: string): Promise<string | undefined> {
    return this.#isWiped ? undefined : this.#entrance.names.openRoomName(sealed);
  }

  /** Returns what an invite to this room must hold, as an object of its own. */
  secret(): RoomSecret {
    return this.#entrance.copySecret();
  }

  /**
   * Seals a text for every verified member.
   *
   * @returns what to send, in this order; nothing if nobody can be reached
   * @throws RangeError if the text is too long, or holds half a surrogate pair
   */
  sealForAll(text: string): Promise<Sealed[]> {
    return this.#seal(text, () => [this.#toAll, this.#peers, undefined]);
  }

  /**
   * Seals a text for one member.
   *
   * @returns what to send, in this order; nothing if the member is not known or cannot be reached
   * @throws RangeError if the text is too long, or holds half a surrogate pair
   */
  sealFor(peer: UserId, text: string): Promise<Sealed[]> {
    return this.#seal(text, () => {
      const known = this.#peers.get(peer);
      return [this.#outboxTo(peer), new Map(known === undefined ? [] : [[peer, known]]), peer];
    });
  }

  /** Asks anew who is there if anybody has gone while it was sealed: nobody is sent a key that a leaver holds. */
  async #seal(
    text: string,
    now: () => [outbox: Outbox, audience: ReadonlyMap<UserId, SealedPeer>, to: UserId | undefined],
  ): Promise<Sealed[]> {
    return using(Padding.MESSAGE.pad(text), async (padded) => {
      for (;;) {
        const [outbox, audience, to] = now();
        if (audience.size === 0) {
          return [];
        }
        const bundles = new Map(Array.from(audience, ([id, peer]) => [id, peer.bundle]));
        const sealed = await outbox.seal(bundles, to, padded);
        if (sealed !== undefined) {
          return sealed;
        }
      }
    });
  }

  #outboxTo(peer: UserId): Outbox {
    const outbox = this.#toOne.get(peer) ?? new Outbox(this.#self, AUDIENCE.ONE_MEMBER);
    if (this.#peers.has(peer)) {
      this.#toOne.set(peer, outbox);
    }
    return outbox;
  }

  /** Begins new chains with the next messages, which everybody is handed. Told when something may not have been sent. */
  renew(): void {
    this.#toAll.renew();
    this.#toOne.forEach((outbox) => outbox.renew());
  }

  /** Opens what a member has sent, and returns what it was. */
  async open(sender: UserId, content: string): Promise<Opened> {
    try {
      return await this.#openOrReject(sender, content);
    } catch (failure) {
      if (failure instanceof Rejected) {
        return { kind: "rejected", why: failure.rejection };
      }
      throw failure;
    }
  }

  async #openOrReject(sender: UserId, content: string): Promise<Opened> {
    if (this.#isWiped) {
      throw new Rejected("WIPED");
    }
    const peer = this.#peers.get(sender);
    if (peer === undefined) {
      throw new Rejected("NOT_VERIFIED");
    }
    const envelope = Envelope.parse(content);
    return envelope.kind === KIND.HANDOUT ? this.#takeKey(peer, envelope) : this.#openMessage(peer, envelope);
  }

  async #takeKey(peer: SealedPeer, envelope: Envelope): Promise<Opened> {
    peer.take(envelope.audience, await Handout.open(this.#self, peer.bundle, envelope));
    return { kind: "key" };
  }

  async #openMessage(peer: SealedPeer, envelope: Envelope): Promise<Opened> {
    const message = await SealedMessage.read(this.#self, peer.bundle, envelope);
    const chain = peer.chain(envelope.audience, message.chain);
    const missing = chain.missingBefore(message.index);
    const text = await message.open(await chain.take(message.index));
    return { kind: "text", text, audience: envelope.audience, missing };
  }

  /** Returns the number that members compare. */
  safetyNumber(): Promise<SafetyNumber> {
    const others = Array.from(this.#peers.values(), (peer) => peer.bundle.hash);
    return safetyNumberOf(this.#self.room, [this.#self.identity.bundle.hash, ...others]);
  }

  /** Erases every key. */
  wipe(): void {
    this.#isWiped = true;
    this.renew();
    this.#toOne.clear();
    this.#peers.forEach((peer) => peer.wipe());
    this.#peers.clear();
    this.#entrance.wipe();
  }
}
