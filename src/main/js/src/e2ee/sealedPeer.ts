import type { Audience } from "./audience.js";
import type { Bundle } from "./bundle.js";
import type { ChainId } from "./chainId.js";
import type { Handout } from "./handout.js";
import { ReceiverChain } from "./receiverChain.js";
import { Rejected } from "./rejection.js";

/** A verified member, and the chains that it has handed to this client: one an audience. */
export class SealedPeer {
  readonly bundle: Bundle;
  readonly #chains = new Map<Audience, ReceiverChain>();

  constructor(bundle: Bundle) {
    this.bundle = bundle;
  }

  /**
   * Takes a chain in the place of the one before, whose keys are erased.
   *
   * @throws Rejected with `STALE_KEY` if it is not newer
   */
  take(audience: Audience, handout: Handout): void {
    const known = this.#chains.get(audience);
    if (known !== undefined && !handout.chain.isNewerThan(known.id)) {
      handout.wipe();
      throw new Rejected("STALE_KEY");
    }
    this.#chains.set(audience, new ReceiverChain(handout));
    known?.wipe();
  }

  /**
   * Returns the chain that a message is of.
   *
   * @throws Rejected with `UNKNOWN_KEY` or `RETIRED_KEY`
   */
  chain(audience: Audience, id: ChainId): ReceiverChain {
    const known = this.#chains.get(audience);
    if (known?.id.equals(id) === true) {
      return known;
    }
    throw new Rejected(known?.id.isNewerThan(id) === true ? "RETIRED_KEY" : "UNKNOWN_KEY");
  }

  wipe(): void {
    this.#chains.forEach((chain) => chain.wipe());
    this.#chains.clear();
  }
}
