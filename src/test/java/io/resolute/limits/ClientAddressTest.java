package io.resolute.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
  private static final InetAddress PROXY = address("10.0.0.1");

  private static boolean isProxy(InetAddress candidate) {
    return candidate.getAddress()[0] == 10;
  }

  private static InetAddress address(String text) {
    return ClientAddress.parse(text).orElseThrow();
  }

  private static ClientAddress client(String text) {
    return ClientAddress.of(address(text));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "' 192.0.2.1 ', 192.0.2.1",
    "192.0.2.1:1234, 192.0.2.1",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
    "[2001:db8::1]:1234, 2001:db8:0:0:0:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
    "[fe80::1%2]:1234, fe80:0:0:0:0:0:0:1"
  })
  void anAddressIsReadWithOrWithoutAPort(String text, String address) {
    assertThat(address(text).getHostAddress()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "unknown",
        "_hidden",
        "example.org",
        "1.2.3.4.5",
        "1.2.3.400",
        "1.2.3",
        "[",
        "[]",
        ":",
        "192.0.2.1%eth0",
        "fe80::1%",
        "fe80::1%a%b",
        "name%eth0",
        "192.0.2.1, 192.0.2.2"
      })
  void aNameIsNotLookedUp(String text) {
    assertThat(ClientAddress.parse(text)).isEmpty();
  }

  @Test
  void ofIpv6TheFirst64BitsCount() {
    assertThat(client("2001:db8:1:2::1")).isEqualTo(client("2001:db8:1:2:ffff::9"));
    assertThat(client("2001:db8:1:2::1")).isNotEqualTo(client("2001:db8:1:3::1"));
    assertThat(client("192.0.2.1")).isNotEqualTo(client("192.0.2.2"));
    assertThat(client("192.0.2.1")).isEqualTo(client("::ffff:192.0.2.1"));
  }

  @Test
  void addressesAreSpreadByTheirHash() {
    assertThat(client("192.0.2.1")).hasSameHashCodeAs(client("::ffff:192.0.2.1"));
    assertThat(client("192.0.2.1")).doesNotHaveSameHashCodeAs(client("192.0.2.2"));
    assertThat(client("2001:db8:1:2::1")).hasSameHashCodeAs(client("2001:db8:1:2::2"));
    assertThat(client("2001:db8:1:2::1")).doesNotHaveSameHashCodeAs(client("2001:db8:1:3::1"));
  }

  @Test
  void anAddressThatWasTranslatedIsThatOfIpv4() {
    assertThat(client("64:ff9b::192.0.2.1")).isEqualTo(client("192.0.2.1"));
    assertThat(client("64:ff9b::192.0.2.1")).isNotEqualTo(client("64:ff9b::192.0.2.2"));
    assertThat(client("64:ff9b::127.0.0.1").isLocal()).isFalse();
    // Nothing says what is in the last bits of others.
    assertThat(client("64:ff9b:1::192.0.2.1")).isEqualTo(client("64:ff9b:1::192.0.2.2"));
    assertThat(client("64:ff9b:0:0:0:1::1")).isEqualTo(client("64:ff9b:0:0:0:1::2"));
  }

  @Test
  void thisMachinesOwnAreLocal() {
    assertThat(client("127.0.0.1").isLocal()).isTrue();
    assertThat(client("127.9.9.9").isLocal()).isTrue();
    assertThat(client("::1").isLocal()).isTrue();
    assertThat(client("10.0.0.1").isLocal()).isFalse();
  }

  @Test
  void nothingOfItPrints() {
    assertThat(client("192.0.2.1")).hasToString("ClientAddress[REDACTED]");
  }

  @Test
  void theLastAddressThatIsNoProxysCounts() {
    assertThat(behind("192.0.2.1")).isEqualTo(address("192.0.2.1"));
    assertThat(behind("192.0.2.1, 10.0.0.2")).isEqualTo(address("192.0.2.1"));
    assertThat(behind("192.0.2.1", "10.0.0.2, 10.0.0.3")).isEqualTo(address("192.0.2.1"));
  }

  @Test
  void whatAStrangerWroteBeforeItDoesNotCount() {
    assertThat(behind("198.51.100.7, 192.0.2.1")).isEqualTo(address("192.0.2.1"));
    assertThat(behind("10.9.9.9, 192.0.2.1, 10.0.0.2")).isEqualTo(address("192.0.2.1"));
  }

  @Test
  void aProxyThatNamesNobodyStandsForItself() {
    assertThat(behind()).isEqualTo(PROXY);
    assertThat(behind("")).isEqualTo(PROXY);
    assertThat(behind("rubbish")).isEqualTo(PROXY);
    assertThat(behind("192.0.2.1, unknown")).isEqualTo(PROXY);
    assertThat(behind("unknown, 10.0.0.2")).isEqualTo(address("10.0.0.2"));
  }

  @Test
  void whoIsNoProxyIsNotBelieved() {
    InetAddress stranger = address("192.0.2.9");
    assertThat(ClientAddress.behind(stranger, List.of("192.0.2.1"), ClientAddressTest::isProxy))
        .isEqualTo(stranger);
  }

  private static InetAddress behind(String... values) {
    return ClientAddress.behind(PROXY, List.of(values), ClientAddressTest::isProxy);
  }
}
