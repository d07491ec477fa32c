package io.resolute.limits;

import io.resolute.config.PerAddressConfig;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Counts what comes from each address, without keeping addresses: what is kept is a hash of each
 * under a key that is replaced every hour. A key lives on as long as a connection that was counted
 * under it, for a day at most, so that no address has more connections open by keeping them for
 * some hours; its other counts end with the hour. Clients on this machine are not counted: they may
 * be anybody's, through a proxy.
 *
 * <p>Safe for use by several threads.
 */
public final class AddressLimits {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int KEY_BYTES = 32;
  // Everybody who comes is looked for under each of them.
  private static final int MAX_KEYS = 24;
  // To look for addresses that can be forgotten takes tens of milliseconds.
  private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();
  // Above it there is more behind the addresses than they could bound.
  private static final int MAX_ADDRESSES = 100_000;

  private final PerAddressConfig config;
  private final boolean proxied;
  private final SecureRandom random;
  private final LongSupplier clock;
  private final Deque<Generation> generations = new ArrayDeque<>();

  /**
   * Makes the counts of one server.
   *
   * @param proxied whether the server knows of proxies that name their clients
   * @param random makes the keys
   * @param clock as {@link System#nanoTime}
   */
  public AddressLimits(
      PerAddressConfig config, boolean proxied, SecureRandom random, LongSupplier clock) {
    this.config = config;
    this.proxied = proxied;
    this.random = random;
    this.clock = clock;
  }

  /** What came of asking to be let in. */
  public sealed interface Admission {
    /** Let in: the ticket is to be given back. */
    record Admitted(Ticket ticket) implements Admission {}

    /**
     * Not let in.
     *
     * @param retryAfter how long to wait; null if it depends on others
     * @param news what to tell the operator; null unless this is the first time in this hour that
     *     anybody is not let in
     */
    record Refused(@Nullable Duration retryAfter, @Nullable String news) implements Admission {}
  }

  /** A connection's place among those of its address. */
  public final class Ticket {
    private final @Nullable Counts counts;

    private Ticket(@Nullable Counts counts) {
      this.counts = counts;
    }

    /** Counts a room, and returns how long it is too early for it; zero if it may be made. */
    public Duration makeRoom() {
      synchronized (AddressLimits.this) {
        return counts == null ? Duration.ZERO : counts.rooms.takeOrWait(clock.getAsLong());
      }
    }

    /** The connection has ended. */
    public void leave() {
      synchronized (AddressLimits.this) {
        if (counts != null) {
          Generation generation = counts.generation;
          counts.open--;
          generation.open--;
          if (generation != generations.peekLast()) {
            drop(generation);
          }
        }
      }
    }
  }

  /** What is counted of one address in one hour. */
  private final class Counts {
    private final Generation generation;
    private final TokenBucket handshakes;
    private final TokenBucket opened;
    private final TokenBucket rooms;
    private int open;

    Counts(Generation generation, long now) {
      this.generation = generation;
      handshakes = new TokenBucket(config.handshakes(), now);
      opened = new TokenBucket(config.opened(), now);
      rooms = new TokenBucket(config.rooms(), now);
    }

    boolean isForgettable(long now) {
      return open == 0 && handshakes.isFull(now) && opened.isFull(now) && rooms.isFull(now);
    }
  }

  /** The counts of one hour, and of the connections that began in it. */
  private final class Generation {
    private final byte[] key = new byte[KEY_BYTES];
    private final long began;
    private final Map<AddressHash, Counts> counts = new HashMap<>();
    private int open;
    private boolean warned;
    private long swept;

    Generation(long now) {
      random.nextBytes(key);
      began = now;
      swept = now - SWEEP_NANOS;
    }

    @Nullable Counts find(ClientAddress address) {
      return counts.get(hash(address));
    }

    /** Returns the counts of an address; null if there are too many others. */
    @Nullable Counts open(ClientAddress address, long now) {
      AddressHash hash = hash(address);
      if (counts.size() >= MAX_ADDRESSES && !counts.containsKey(hash)) {
        sweep(now);
        if (counts.size() >= MAX_ADDRESSES) {
          return null;
        }
      }
      return counts.computeIfAbsent(hash, absent -> new Counts(this, now));
    }

    private void sweep(long now) {
      if (now - swept >= SWEEP_NANOS) {
        swept = now;
        counts.values().removeIf(one -> one.isForgettable(now));
      }
    }

    private AddressHash hash(ClientAddress address) {
      return AddressHash.of(key, address);
    }

    void forget() {
      Arrays.fill(key, (byte) 0);
      counts.clear();
    }
  }

  /** 128 bits of a keyed hash of an address. */
  private record AddressHash(long high, long low) {
    static AddressHash of(byte[] key, ClientAddress address) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(address.network()));
        return new AddressHash(hash.getLong(), hash.getLong());
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("every Java has HMAC with SHA-256", impossible);
      }
    }
  }

  /** Returns the ticket of somebody who is not counted. */
  public Ticket uncounted() {
    return new Ticket(null);
  }

  /** Counts a socket that is to begin a TLS handshake, and returns why it may not, if so. */
  public synchronized Optional<Admission.Refused> beginHandshake(ClientAddress address) {
    if (address.isLocal()) {
      return Optional.empty();
    }
    long now = clock.getAsLong();
    Generation current = current(now);
    Counts counts = current.open(address, now);
    Duration early = counts == null ? Duration.ZERO : counts.handshakes.takeOrWait(now);
    return early.isZero() ? Optional.empty() : Optional.of(refuse(current, early));
  }

  /** Lets a connection in, if its address may have one more. */
  public synchronized Admission admit(ClientAddress address) {
    if (address.isLocal()) {
      return new Admission.Admitted(uncounted());
    }
    long now = clock.getAsLong();
    Generation current = current(now);
    Counts counts = current.open(address, now);
    if (counts == null) {
      return new Admission.Admitted(uncounted());
    }
    Duration early = counts.opened.takeOrWait(now); // First: the other question costs more.
    if (!early.isZero()) {
      return refuse(current, early);
    }
    if (counts.open + openEarlier(address, current) >= config.connections()) {
      return refuse(current, null);
    }
    counts.open++;
    current.open++;
    return new Admission.Admitted(new Ticket(counts));
  }

  /** Returns how many connections of an address are still there that began in earlier hours. */
  private int openEarlier(ClientAddress address, Generation current) {
    int open = 0;
    for (Generation generation : generations) {
      // The current one is hashed for already.
      Counts counts = generation == current ? null : generation.find(address);
      open += counts == null ? 0 : counts.open;
    }
    return open;
  }

  private Admission.Refused refuse(Generation current, @Nullable Duration retryAfter) {
    boolean first = !current.warned;
    current.warned = true;
    return new Admission.Refused(retryAfter, first ? news() : null);
  }

  private String news() {
    String advice = proxied ? "" : ". If they come through a proxy, name it in listen.proxies";
    return "Clients were refused because of perAddress" + advice + "; this is said once an hour";
  }

  private Generation current(long now) {
    Generation last = generations.peekLast();
    if (last != null && now - last.began < HOUR.toNanos()) {
      return last;
    }
    Generation next = new Generation(now);
    generations.add(next);
    if (last != null) {
      last.counts.values().removeIf(one -> one.open == 0);
      drop(last);
    }
    if (generations.size() > MAX_KEYS) {
      generations.remove().forget(); // Its connections stay, and are not counted any more.
    }
    return next;
  }

  private void drop(Generation earlier) {
    if (earlier.open == 0) {
      generations.remove(earlier);
      earlier.forget();
    }
  }

  /** Replaces the key if its hour is over; to be called every so often. */
  public synchronized void tick() {
    if (!generations.isEmpty()) {
      var unused = current(clock.getAsLong());
    }
  }

  /** Returns how many hours' keys there are. */
  synchronized int keys() {
    return generations.size();
  }
}
