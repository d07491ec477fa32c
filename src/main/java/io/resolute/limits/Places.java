package io.resolute.limits;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many of something there may be at once, in all and of one address. Addresses of this machine
 * count in all alone. Safe for use by several threads.
 */
public final class Places {
  // A browser opens some to load the page, on a server with room for few clients, too.
  private static final int LEAST = 128;

  private final int max;
  private final int maxPerAddress;
  private final Map<ClientAddress, Integer> perAddress = new HashMap<>();
  private int taken;

  /**
   * Makes places that are free.
   *
   * @param clients how many clients there may be; there are as many places, or a few more
   * @param perAddress how many places one address may have
   */
  public Places(int clients, int perAddress) {
    this.max = atMost(clients);
    this.maxPerAddress = perAddress;
  }

  /** Returns how many places there are on a server with room for so many clients. */
  public static int atMost(int clients) {
    return Math.max(clients, LEAST);
  }

  /** A place that is taken. */
  public final class Place {
    private final @Nullable ClientAddress source;
    private boolean free;

    private Place(@Nullable ClientAddress source) {
      this.source = source;
    }

    /** Gives the place back; once more does nothing. */
    public void giveBack() {
      synchronized (Places.this) {
        if (free) {
          return;
        }
        free = true;
        taken--;
        if (source != null) {
          perAddress.computeIfPresent(source, (address, n) -> n == 1 ? null : n - 1);
        }
      }
    }
  }

  /**
   * Takes a place.
   *
   * @param source for whom; nothing if that is a proxy's
   * @return nothing if there are no more, or none for this address
   */
  public synchronized Optional<Place> take(Optional<ClientAddress> source) {
    ClientAddress counted = source.filter(address -> !address.isLocal()).orElse(null);
    if (taken >= max || (counted != null && perAddress.getOrDefault(counted, 0) >= maxPerAddress)) {
      return Optional.empty();
    }
    taken++;
    if (counted != null) {
      perAddress.merge(counted, 1, Integer::sum);
    }
    return Optional.of(new Place(counted));
  }
}
