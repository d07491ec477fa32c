package io.resolute.client.e2ee;

import io.resolute.protocol.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this client says to one audience: the chain in use, and who has been handed it. */
final class Outbox {
  private final Speaker speaker;
  private final Audience audience;
  private final Set<BundleHash> holders = new HashSet<>();
  private @Nullable SenderChain chain;
  private int chains;

  Outbox(Speaker speaker, Audience audience) {
    this.speaker = speaker;
    this.audience = audience;
  }

  /**
   * Seals a padded text, behind what those need to open it who do not have it yet.
   *
   * @param audienceNow every member that is to read it
   * @param to whom the message itself goes to; null for all
   */
  List<Sealed> seal(Map<UserId, Bundle> audienceNow, @Nullable UserId to, byte[] padded) {
    SenderChain current = current();
    List<Sealed> sealed = new ArrayList<>();
    audienceNow.forEach(
        (member, bundle) -> {
          if (holders.add(bundle.hash())) {
            Envelope handout = Handout.seal(speaker, bundle, audience, current);
            sealed.add(Sealed.key(member, handout.encode()));
          }
        });
    Envelope message = SealedMessage.seal(speaker, audience, current, padded);
    sealed.add(Sealed.text(to, message.encode()));
    return sealed;
  }

  /** Erases the chain: the next message begins a new one. */
  void renew() {
    if (chain != null) {
      chain.wipe();
      chain = null;
    }
    holders.clear();
  }

  private SenderChain current() {
    if (chain != null && chain.isSpent()) {
      renew();
    }
    if (chain == null) {
      chain = SenderChain.start(chains++, speaker.random());
    }
    return chain;
  }
}
