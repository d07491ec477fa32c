package io.resolute.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks as an operator writes them. */
class NetworkFuzzTest {
  static Stream<byte[]> networks() {
    return Stream.of(
            "192.0.2.1",
            "10.0.0.0/8",
            "10.1.2.3/9",
            "0.0.0.0/0",
            "2001:db8::/32",
            "::/0",
            "::1/128",
            "::ffff:10.0.0.0/8",
            "10.0.0.0/33",
            "::/129",
            "10.0.0.0/",
            "10.0.0.0/8/8",
            "10.0.0/8",
            "256.0.0.0/8",
            "localhost",
            "/8",
            "")
        .map(network -> network.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("networks")
  @FuzzTest
  void aNetworkHoldsItsOwnAddressesAndNoOthers(byte[] input) throws UnknownHostException {
    String text = new String(input, StandardCharsets.UTF_8);
    Optional<Network> parsed = Network.parse(text);
    if (parsed.isEmpty()) {
      return;
    }
    Network network = parsed.get();
    byte[] address = network.address().getAddress();
    assertThat(address.length).isIn(4, 16);
    assertThat(network.bits()).isBetween(0, address.length * 8);
    assertThat(text).matches("[0-9A-Fa-f.:]+(/[0-9]{1,3})?");
    for (int bit = 0; bit < address.length * 8; bit++) {
      byte[] other = address.clone();
      other[bit / 8] ^= (byte) (0x80 >> bit % 8);
      InetAddress candidate = InetAddress.getByAddress(other);
      // Java makes IPv4 of ::ffff:0:0/96, which is in no network of IPv6.
      boolean sameFamily = candidate.getAddress().length == address.length;
      assertThat(network.contains(candidate))
          .as("bit %d", bit)
          .isEqualTo(sameFamily && bit >= network.bits());
    }
    assertThat(network.contains(InetAddress.getByAddress(address))).isTrue();
    byte[] otherFamily = new byte[20 - address.length];
    assertThat(network.contains(InetAddress.getByAddress(otherFamily))).isFalse();
  }
}
