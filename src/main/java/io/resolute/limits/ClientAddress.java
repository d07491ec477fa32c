package io.resolute.limits;

import io.resolute.config.IpAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where a client connects from. Of IPv6 only the first 64 bits count, which one household or one
 * rented machine has for itself; an address that was translated from IPv4 is that of IPv4. Prints
 * nothing of the address.
 */
public final class ClientAddress {
  private static final int IPV6_NETWORK_BYTES = 8;
  private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):\\d+|\\[(.*)](?::\\d+)?");
  // The interface of a link-local address, RFC 4007 §11: this machine's name for where it came in.
  private static final Pattern WITH_ZONE = Pattern.compile("([^:%]*+:[^%]*+)%[0-9A-Za-z._~-]++");
  // RFC 6052 §2.1: all of IPv4 is behind these 96 bits.
  private static final byte[] TRANSLATED = {
    0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private final byte[] network;
  private final boolean local;

  private ClientAddress(byte[] network, boolean local) {
    this.network = network;
    this.local = local;
  }

  /** Takes what counts of an address. */
  public static ClientAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] network = address instanceof Inet6Address ? network(bytes) : bytes;
    return new ClientAddress(network, address.isLoopbackAddress());
  }

  private static byte[] network(byte[] ipv6) {
    int prefix = TRANSLATED.length;
    return Arrays.equals(ipv6, 0, prefix, TRANSLATED, 0, prefix)
        ? Arrays.copyOfRange(ipv6, prefix, ipv6.length)
        : Arrays.copyOf(ipv6, IPV6_NETWORK_BYTES);
  }

  /**
   * Reads an address, with or without a port, and without its zone; nothing if it is none. No name
   * is looked up.
   */
  public static Optional<InetAddress> parse(String text) {
    String trimmed = text.strip();
    var withPort = WITH_PORT.matcher(trimmed);
    String literal =
        !withPort.matches()
            ? trimmed
            : withPort.group(1) != null ? withPort.group(1) : withPort.group(2);
    return IpAddress.parse(withoutZone(literal));
  }

  private static String withoutZone(String literal) {
    var withZone = WITH_ZONE.matcher(literal);
    return withZone.matches() ? withZone.group(1) : literal;
  }

  /**
   * Returns for whom a proxy asks: the last address in {@code X-Forwarded-For} that is no proxy's.
   * What stands before it was written by strangers.
   *
   * @param proxy the address that asks
   * @param forwardedFor the header's values, in their order
   * @param isProxy whether an address is believed
   * @return {@code proxy} itself, if it names nobody
   */
  public static InetAddress behind(
      InetAddress proxy, List<String> forwardedFor, Predicate<InetAddress> isProxy) {
    InetAddress last = proxy;
    String[] hops = String.join(",", forwardedFor).split(",", -1);
    for (int i = hops.length - 1; i >= 0 && isProxy.test(last); i--) {
      Optional<InetAddress> hop = parse(hops[i]);
      if (hop.isEmpty()) {
        return last;
      }
      last = hop.get();
    }
    return last;
  }

  /** Returns what counts: 4 bytes of IPv4, or 8 of IPv6. */
  byte[] network() {
    return network.clone();
  }

  /** Returns whether it is this machine's own, which tells nothing of who is behind it. */
  public boolean isLocal() {
    return local;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientAddress address && Arrays.equals(network, address.network);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(network);
  }

  @Override
  public String toString() {
    return "ClientAddress[REDACTED]";
  }
}
