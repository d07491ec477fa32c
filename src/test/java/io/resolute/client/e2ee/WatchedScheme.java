package io.resolute.client.e2ee;

import java.lang.reflect.Field;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.jspecify.annotations.Nullable;

/** A scheme that notes the secrets that it makes. */
public final class WatchedScheme implements Scheme {
  private final Scheme watched;
  private final List<Secret> secrets = new CopyOnWriteArrayList<>();

  private WatchedScheme(Scheme watched) {
    this.watched = watched;
  }

  /** Returns a scheme of sealed rooms. */
  public static WatchedScheme strict() {
    return new WatchedScheme(SealedScheme.strict(new SecureRandom()));
  }

  /** Returns a scheme of sealed rooms with old peers, whose private key is noted already. */
  public static WatchedScheme withWeakPeers() {
    SecureRandom random = new SecureRandom();
    RsaScheme weak = RsaScheme.generate(random);
    WatchedScheme scheme = new WatchedScheme(SealedScheme.withWeakPeers(random, weak));
    try {
      Field key = RsaScheme.class.getDeclaredField("privateKey");
      key.setAccessible(true);
      scheme.secrets.addAll(Secret.allOf((RSAPrivateCrtKeyParameters) key.get(weak)));
    } catch (ReflectiveOperationException renamed) {
      throw new IllegalStateException(renamed);
    }
    return scheme;
  }

  /** Returns what was made until now. */
  public List<Secret> secrets() {
    return List.copyOf(secrets);
  }

  @Override
  public Entrance createRoom() {
    Entrance entrance = watched.createRoom();
    secrets.addAll(Secret.allOf(entrance));
    return entrance;
  }

  @Override
  public Optional<Entrance> joinRoom(@Nullable RoomSecret secret) {
    Optional<Entrance> entrance = watched.joinRoom(secret);
    entrance.ifPresent(made -> secrets.addAll(Secret.allOf(made)));
    return entrance;
  }

  @Override
  public void destroy() {
    watched.destroy();
  }
}
