package io.resolute.key;

import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The join keys of some rooms, of which it stores none: a one-time key as its SHA-256 digest, the
 * forever key as the number of resets that it is derived with.
 *
 * <p>It does not know which rooms exist. A key for a room that does not is answered as a wrong key
 * for one that does, after the same work; the caller looks for the room. Not for use by several
 * threads at once.
 */
public final class JoinKeys {
  private final int oneTimeKeysPerRoom;
  private final RandomTokens random;
  private final KeyDerivation forever;
  private final Map<RoomId, Entry> entries = new HashMap<>();
  private volatile int rooms;

  private static final class Entry {
    private final Set<Digest> oneTime = new HashSet<>();
    private long resets;
  }

  /** The SHA-256 of a one-time key. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by content, below.
  private record Digest(byte[] sha256) {
    static Digest of(JoinKey key) {
      return new Digest(key.sha256());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Digest digest && MessageDigest.isEqual(sha256, digest.sha256);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(sha256);
    }
  }

  /**
   * Makes an empty collection.
   *
   * @param oneTimeKeysPerRoom how many unused one-time keys a room may have, 1 or more
   */
  public JoinKeys(int oneTimeKeysPerRoom, RandomTokens random, KeyDerivation forever) {
    this.oneTimeKeysPerRoom = oneTimeKeysPerRoom;
    this.random = random;
    this.forever = forever;
  }

  /**
   * Makes a key that lets one person in, or names the key that lets anybody in until a reset.
   *
   * @return the key, for the caller to wipe, or nothing if the room has as many unused one-time
   *     keys as it may have
   */
  public Optional<JoinKey> issue(RoomId room, KeyKind kind) {
    Entry entry = entry(room);
    if (kind == KeyKind.FOREVER) {
      return Optional.of(forever.derive(room, entry.resets));
    }
    if (entry.oneTime.size() >= oneTimeKeysPerRoom) {
      return Optional.empty();
    }
    JoinKey key = random.joinKey();
    entry.oneTime.add(Digest.of(key));
    return Optional.of(key);
  }

  /**
   * Returns whether {@code key} lets somebody into {@code room}.
   *
   * @param consume whether a one-time key that does is spent by that
   */
  public boolean redeem(RoomId room, KeyKind kind, JoinKey key, boolean consume) {
    Entry entry = entries.getOrDefault(room, new Entry());
    if (kind == KeyKind.FOREVER) {
      return isForever(room, entry.resets, key);
    }
    Digest digest = Digest.of(key);
    return consume ? entry.oneTime.remove(digest) : entry.oneTime.contains(digest);
  }

  private boolean isForever(RoomId room, long resets, JoinKey key) {
    return forever.derive(room, resets).wipe().equals(key);
  }

  /** Makes every key of {@code room} worthless. */
  public void reset(RoomId room) {
    Entry entry = entry(room);
    entry.oneTime.clear();
    entry.resets++;
  }

  /** Drops everything about {@code room}, which is closed. */
  public void forget(RoomId room) {
    entries.remove(room);
    rooms = entries.size();
  }

  /** Returns of how many rooms anything is kept. Safe for use by any thread. */
  public int rooms() {
    return rooms;
  }

  private Entry entry(RoomId room) {
    Entry entry = entries.computeIfAbsent(room, id -> new Entry());
    rooms = entries.size();
    return entry;
  }
}
