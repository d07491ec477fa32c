import type { UserId } from "../ids.js";
import type { Audience } from "./audience.js";
import type { Bundle } from "./bundle.js";
import type { Bytes } from "./bytes.js";
import { Handout } from "./handout.js";
import { SealedMessage } from "./sealedMessage.js";
import { SenderChain } from "./senderChain.js";
import type { Speaker } from "./speaker.js";

/** Something to send that the relay cannot read. */
export interface Sealed {
  /** The member that it is for; undefined for all the other members. */
  readonly to: UserId | undefined;
  /** The `content` of the message. */
  readonly content: string;
  /** Whether it is the text itself, and not what is needed to open it. */
  readonly isText: boolean;
}

/** A chain, and the hashes of those who have been handed it. */
interface Current {
  readonly chain: SenderChain;
  readonly holders: Set<string>;
}

/** What this client says to one audience: the chain in use, and who has been handed it. */
export class Outbox {
  readonly #speaker: Speaker;
  readonly #audience: Audience;
  #current: Current | undefined;
  #inUse: Current | undefined;
  #chains = 0;

  constructor(speaker: Speaker, audience: Audience) {
    this.#speaker = speaker;
    this.#audience = audience;
  }

  /**
   * Seals a padded text, behind what those need to open it who do not have it yet. Not to be called again before it is
   * done.
   *
   * @param audienceNow every member that is to read it
   * @param to whom the message itself goes to; undefined for all
   * @returns undefined if {@link renew} was called meanwhile: what was sealed is not to be sent
   */
  async seal(
    audienceNow: ReadonlyMap<UserId, Bundle>,
    to: UserId | undefined,
    padded: Bytes,
  ): Promise<Sealed[] | undefined> {
    const current = this.#usable();
    this.#inUse = current;
    try {
      const sealed = await this.#seal(current, audienceNow, to, padded);
      return this.#current === current ? sealed : undefined;
    } catch (failure) {
      // Somebody may be without a key that is noted as handed out.
      this.renew();
      throw failure;
    } finally {
      this.#inUse = undefined;
      if (this.#current !== current) {
        current.chain.wipe();
      }
    }
  }

  async #seal(
    { chain, holders }: Current,
    audienceNow: ReadonlyMap<UserId, Bundle>,
    to: UserId | undefined,
    padded: Bytes,
  ): Promise<Sealed[]> {
    const sealed: Sealed[] = [];
    for (const [member, bundle] of audienceNow) {
      if (!holders.has(bundle.hash.hex)) {
        holders.add(bundle.hash.hex);
        const handout = await Handout.seal(this.#speaker, bundle, this.#audience, chain);
        sealed.push({ to: member, content: handout.encode(), isText: false });
      }
    }
    const message = await SealedMessage.seal(this.#speaker, this.#audience, chain, padded);
    sealed.push({ to, content: message.encode(), isText: true });
    return sealed;
  }

  /** Erases the chain, at once or when it is not in use any more: the next message begins a new one. */
  renew(): void {
    if (this.#current !== this.#inUse) {
      this.#current?.chain.wipe();
    }
    this.#current = undefined;
  }

  #usable(): Current {
    if (this.#current?.chain.isSpent === true) {
      this.renew();
    }
    this.#current ??= { chain: SenderChain.start(this.#chains++, this.#speaker.random), holders: new Set() };
    return this.#current;
  }
}
