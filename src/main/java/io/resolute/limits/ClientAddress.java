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
 * rented machine has for itself. Prints nothing of the address.
 */
public final class ClientAddress {
  private static final int IPV6_NETWORK_BYTES = 8;
  private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):\\d+|\\[(.*)](?::\\d+)?");

  private final byte[] network;
  private final boolean local;

  private ClientAddress(byte[] network, boolean local) {
    this.network = network;
    this.local = local;
  }

  /** Takes what counts of an address. */
  public static ClientAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] network =
        address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes;
    return new ClientAddress(network, address.isLoopbackAddress());
  }

  /** Reads an address, with or without a port; nothing if it is none. No name is looked up. */
  public static Optional<InetAddress> parse(String text) {
    String trimmed = text.strip();
    var withPort = WITH_PORT.matcher(trimmed);
    String literal =
        !withPort.matches()
            ? trimmed
            : withPort.group(1) != null ? withPort.group(1) : withPort.group(2);
    return IpAddress.parse(literal);
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
