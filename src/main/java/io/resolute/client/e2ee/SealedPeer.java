package io.resolute.client.e2ee;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A verified member, and the chains that it has handed to this client: one an audience. */
final class SealedPeer {
  private final Bundle bundle;
  private final Map<Audience, ReceiverChain> chains = new EnumMap<>(Audience.class);

  SealedPeer(Bundle bundle) {
    this.bundle = bundle;
  }

  Bundle bundle() {
    return bundle;
  }

  /**
   * Takes a chain in the place of the one before, whose keys are erased.
   *
   * @throws RejectedException with {@link Rejection#STALE_KEY} if it is not newer
   */
  void take(Audience audience, Handout handout) throws RejectedException {
    ReceiverChain known = chains.get(audience);
    if (known != null && !handout.chain().isNewerThan(known.id())) {
      handout.wipe();
      throw new RejectedException(Rejection.STALE_KEY);
    }
    chains.put(audience, new ReceiverChain(handout));
    wipe(known);
  }

  /**
   * Returns the chain that a message is of.
   *
   * @throws RejectedException with {@link Rejection#UNKNOWN_KEY} or {@link Rejection#RETIRED_KEY}
   */
  ReceiverChain chain(Audience audience, ChainId id) throws RejectedException {
    ReceiverChain known = chains.get(audience);
    if (known != null && known.id().equals(id)) {
      return known;
    }
    boolean retired = known != null && known.id().isNewerThan(id);
    throw new RejectedException(retired ? Rejection.RETIRED_KEY : Rejection.UNKNOWN_KEY);
  }

  void wipe() {
    chains.values().forEach(SealedPeer::wipe);
    chains.clear();
  }

  private static void wipe(@Nullable ReceiverChain chain) {
    if (chain != null) {
      chain.wipe();
    }
  }
}
