package io.resolute.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code X-Forwarded-For} as a series of addresses, of which strangers write the first ones. */
class ForwardedForFuzzTest {
  private static final InetAddress PROXY = ClientAddress.parse("10.0.0.1").orElseThrow();

  private static boolean isProxy(InetAddress address) {
    return address.getAddress()[0] == 10 || address.isLoopbackAddress();
  }

  @MethodSource("io.resolute.limits.ClientAddressFuzzTest#values")
  @FuzzTest
  void aClientIsTheLastThatIsNoProxyWhateverStandsBefore(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    InetAddress client = ClientAddress.behind(PROXY, List.of(text), ForwardedForFuzzTest::isProxy);
    List<String> hops = List.of(text.split(",", -1));
    assertThat(client).isIn(allOf(hops));
    // Its last hop is written by the proxy that asks: nothing before it can change what it says.
    String last = hops.get(hops.size() - 1);
    Optional<InetAddress> next = ClientAddress.parse(last);
    if (next.isEmpty()) {
      assertThat(client).isEqualTo(PROXY);
    } else if (!isProxy(next.get())) {
      assertThat(client).isEqualTo(next.get());
    }
    assertThat(ClientAddress.behind(PROXY, hops, ForwardedForFuzzTest::isProxy)).isEqualTo(client);
    assertThat(
            ClientAddress.behind(PROXY, List.of("192.0.2.9", text), ForwardedForFuzzTest::isProxy))
        .satisfies(
            other -> {
              if (!isProxy(client)) {
                assertThat(other).isEqualTo(client);
              }
            });
    InetAddress stranger = ClientAddress.parse("198.51.100.7").orElseThrow();
    assertThat(ClientAddress.behind(stranger, List.of(text), ForwardedForFuzzTest::isProxy))
        .isEqualTo(stranger);
  }

  private static List<InetAddress> allOf(List<String> hops) {
    return Stream.concat(
            Stream.of(PROXY), hops.stream().map(ClientAddress::parse).flatMap(Optional::stream))
        .toList();
  }
}
