package io.resolute.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses (CIDR, RFC 4632 and RFC 4291 §2.3).
 *
 * @param address 4 or 16 bytes
 * @param bits how many of them, from the left, an address has to have in common with it
 */
public record Network(InetAddress address, int bits) {
  private static final Pattern FORM = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");

  /**
   * Reads {@code 10.0.0.0/8}, {@code 192.0.2.1} or {@code 2001:db8::/32}; nothing if it is none.
   */
  static Optional<Network> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return IpAddress.parse(matcher.group(1)).flatMap(address -> of(address, matcher.group(2)));
  }

  private static Optional<Network> of(InetAddress address, @Nullable String prefix) {
    int all = address.getAddress().length * Byte.SIZE;
    int bits = prefix == null ? all : Integer.parseInt(prefix);
    return bits > all ? Optional.empty() : Optional.of(new Network(address, bits));
  }

  /** Returns whether {@code candidate} is in the range. */
  public boolean contains(InetAddress candidate) {
    byte[] mine = address.getAddress();
    byte[] other = candidate.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
