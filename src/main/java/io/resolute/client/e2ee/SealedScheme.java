package io.resolute.client.e2ee;

import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sealed rooms, for those who were invited with their secret. Peers that know RSA alone are talked
 * to if that is asked for; nothing proves whose their keys are.
 */
public final class SealedScheme implements Scheme {
  private final SecureRandom random;
  private final @Nullable RsaScheme weak;

  private SealedScheme(SecureRandom random, @Nullable RsaScheme weak) {
    this.random = random;
    this.weak = weak;
  }

  /** Returns a scheme that talks to those alone who can prove that they were invited. */
  public static SealedScheme strict(SecureRandom random) {
    return new SealedScheme(random, null);
  }

  /** Returns a scheme that also talks to peers that know RSA alone. */
  public static SealedScheme withWeakPeers(SecureRandom random, RsaScheme weak) {
    return new SealedScheme(random, weak);
  }

  @Override
  public Entrance createRoom() {
    return entrance(RoomSecret.generate(random));
  }

  @Override
  public Optional<Entrance> joinRoom(@Nullable RoomSecret secret) {
    if (secret != null) {
      return Optional.of(entrance(secret.copy()));
    }
    return weak == null ? Optional.empty() : weak.joinRoom(null);
  }

  @Override
  public void destroy() {
    if (weak != null) {
      weak.destroy();
    }
  }

  private Entrance entrance(RoomSecret secret) {
    SealedEntrance sealed = SealedEntrance.prepare(secret, random);
    return weak == null ? sealed : new MixedEntrance(sealed, weak);
  }
}
