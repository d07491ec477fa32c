package io.resolute.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.config.PerAddressConfig;
import io.resolute.config.RateConfig;
import io.resolute.limits.AddressLimits.Admission;
import io.resolute.limits.AddressLimits.Ticket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressLimitsTest {
  private static final int CONNECTIONS = 3;

  private long now;

  private final PerAddressConfig config =
      new PerAddressConfig(
          CONNECTIONS, new RateConfig(4, 3), new RateConfig(1, 5), new RateConfig(0.5, 2));
  private final List<byte[]> drawn = new ArrayList<>();
  private final SecureRandom random =
      new SecureRandom() {
        @Override
        public void nextBytes(byte[] bytes) {
          super.nextBytes(bytes);
          drawn.add(bytes);
        }
      };
  private final AddressLimits limits = new AddressLimits(config, false, random, () -> now);

  private static ClientAddress parsed(String address) {
    return ClientAddress.of(ClientAddress.parse(address).orElseThrow());
  }

  private Admission admit(String address) {
    return limits.admit(parsed(address));
  }

  private Ticket enter(String address) {
    return ((Admission.Admitted) admit(address)).ticket();
  }

  private Admission.Refused refusal(String address) {
    return (Admission.Refused) admit(address);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  /** Returns how many of the keys that were drawn have not been wiped. */
  private long keysInMemory() {
    return drawn.stream().filter(key -> !Arrays.equals(key, new byte[key.length])).count();
  }

  @Test
  void anAddressHasSoManyConnectionsAndNoMore() {
    for (int i = 0; i < CONNECTIONS; i++) {
      enter("192.0.2.1");
    }
    assertThat(refusal("192.0.2.1").retryAfter()).isNull();
    enter("192.0.2.2");
  }

  @Test
  void whoLeavesMakesSpace() {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      tickets.add(enter("192.0.2.1"));
    }
    tickets.get(0).leave();
    enter("192.0.2.1");
    refusal("192.0.2.1");
  }

  @Test
  void addressesOfOneIpv6NetworkShare() {
    for (int i = 0; i < CONNECTIONS; i++) {
      enter("2001:db8::" + i);
    }
    refusal("2001:db8::ffff");
    enter("2001:db8:0:1::1");
  }

  @Test
  void keepingConnectionsForHoursGivesNoMoreOfThem() {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      tickets.add(enter("192.0.2.1"));
      pass(Duration.ofMinutes(61));
    }
    refusal("192.0.2.1");
    tickets.get(1).leave();
    enter("192.0.2.1");
    refusal("192.0.2.1");
  }

  @Test
  void everyHourHasAKeyOfItsOwn() {
    enter("192.0.2.1");
    pass(Duration.ofHours(1).minusNanos(1));
    limits.tick();
    assertThat(limits.keys()).isEqualTo(1);
    pass(Duration.ofNanos(1));
    limits.tick();
    assertThat(limits.keys()).isEqualTo(2);
    assertThat(drawn).hasSize(2).allSatisfy(key -> assertThat(key).hasSize(32));
    assertThat(drawn.get(0)).isNotEqualTo(drawn.get(1));
  }

  @Test
  void anHoursKeyEndsWithTheLastConnectionThatWasCountedUnderIt() {
    Ticket ticket = enter("192.0.2.1");
    assertThat(limits.keys()).isEqualTo(1);
    pass(Duration.ofMinutes(61));
    limits.tick();
    assertThat(limits.keys()).isEqualTo(2);
    assertThat(keysInMemory()).isEqualTo(2);
    ticket.leave();
    assertThat(limits.keys()).isEqualTo(1);
    assertThat(keysInMemory()).isEqualTo(1);
    pass(Duration.ofMinutes(61));
    limits.tick();
    assertThat(limits.keys()).isEqualTo(1);
  }

  @Test
  void thereAreNoMoreKeysThanHoursInADay() {
    List<Ticket> tickets = new ArrayList<>();
    for (int hour = 0; hour < 30; hour++) {
      tickets.add(enter("192.0.2." + hour));
      pass(Duration.ofMinutes(61));
      limits.tick();
    }
    assertThat(limits.keys()).isEqualTo(24);
    assertThat(keysInMemory()).isEqualTo(24);
    tickets.forEach(Ticket::leave);
    assertThat(limits.keys()).isEqualTo(1);
    assertThat(keysInMemory()).isEqualTo(1);
  }

  @Test
  void connectionsOfTheDayBeforeDoNotCountAndEndingThemGivesNoMore() {
    List<Ticket> old = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      old.add(enter("192.0.2.1"));
    }
    List<Ticket> between = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      pass(Duration.ofMinutes(61));
      between.add(enter("192.0.2." + (100 + hour)));
    }
    assertThat(old.get(0).makeRoom()).isZero();
    for (int i = 0; i < CONNECTIONS; i++) {
      enter("192.0.2.1");
    }
    old.forEach(Ticket::leave);
    refusal("192.0.2.1");
    assertThat(limits.keys()).isEqualTo(24);
    between.forEach(Ticket::leave);
    assertThat(limits.keys()).isEqualTo(1);
  }

  @Test
  void whoComesTooOftenIsRefusedForThatWhateverItHas() {
    for (int i = 0; i < CONNECTIONS; i++) {
      enter("192.0.2.1");
    }
    assertThat(refusal("192.0.2.1").retryAfter()).isNull();
    assertThat(refusal("192.0.2.1").retryAfter()).isNull();
    assertThat(refusal("192.0.2.1").retryAfter()).isEqualTo(Duration.ofSeconds(1));
  }

  private static ClientAddress numbered(int i) {
    return parsed("10." + (i >> 16) + "." + (i >> 8 & 0xff) + "." + (i & 0xff));
  }

  @Test
  void amongTooManyAddressesThoseToForgetAreLookedForOnceASecond() {
    for (int i = 0; i < 100_000; i++) {
      limits.beginHandshake(numbered(i));
    }
    ClientAddress late = parsed("192.0.2.1");
    assertThat(limits.beginHandshake(late)).isEmpty(); // They are looked for, and there are none.
    pass(Duration.ofMillis(999)); // All of them could be forgotten by now.
    for (int i = 0; i < 10; i++) {
      assertThat(limits.beginHandshake(late)).isEmpty();
    }
    pass(Duration.ofMillis(1));
    for (int i = 0; i < 3; i++) {
      assertThat(limits.beginHandshake(late)).isEmpty();
    }
    assertThat(limits.beginHandshake(late)).as("it is counted now").isPresent();
  }

  @Test
  void newConnectionsComeAtARateAndARefusalSaysWhenToComeBack() {
    for (int i = 0; i < 5; i++) {
      enter("192.0.2.1").leave();
    }
    assertThat(refusal("192.0.2.1").retryAfter()).isEqualTo(Duration.ofSeconds(1));
    enter("192.0.2.2");
    pass(Duration.ofSeconds(1));
    enter("192.0.2.1");
  }

  @Test
  void handshakesAreBegunAtARateWhateverBecomesOfThem() {
    for (int i = 0; i < 3; i++) {
      assertThat(limits.beginHandshake(parsed("2001:db8::" + i))).isEmpty();
    }
    assertThat(limits.beginHandshake(parsed("2001:db8::3"))).isPresent();
    assertThat(limits.beginHandshake(parsed("192.0.2.1"))).isEmpty();
    enter("2001:db8::3"); // They are counted apart.
    pass(Duration.ofMillis(250));
    assertThat(limits.beginHandshake(parsed("2001:db8::3"))).isEmpty();
    assertThat(limits.beginHandshake(parsed("2001:db8::3"))).isPresent();
  }

  @Test
  void roomsAreMadeAtARateWhicheverConnectionMakesThem() {
    Ticket one = enter("192.0.2.1");
    Ticket other = enter("192.0.2.1");
    assertThat(one.makeRoom()).isZero();
    assertThat(other.makeRoom()).isZero();
    assertThat(one.makeRoom()).isEqualTo(Duration.ofSeconds(2));
    assertThat(enter("192.0.2.2").makeRoom()).isZero();
    pass(Duration.ofSeconds(2));
    assertThat(other.makeRoom()).isZero();
    assertThat(one.makeRoom()).isPositive();
  }

  @Test
  void comingAgainDoesNotMakeRoomsForgotten() {
    Ticket ticket = enter("192.0.2.1");
    ticket.makeRoom();
    ticket.makeRoom();
    ticket.leave();
    assertThat(enter("192.0.2.1").makeRoom()).isPositive();
  }

  @Test
  void clientsOfThisMachineAreNotCounted() {
    for (int i = 0; i < 100; i++) {
      assertThat(enter("127.0.0.1").makeRoom()).isZero();
      assertThat(enter("::1").makeRoom()).isZero();
      assertThat(limits.beginHandshake(parsed("127.0.0.1"))).isEmpty();
    }
    assertThat(limits.keys()).isZero();
  }

  @Test
  void onlyTheFirstRefusalOfAnHourSaysSo() {
    for (int i = 0; i < CONNECTIONS; i++) {
      enter("192.0.2.1");
      enter("192.0.2.2");
    }
    assertThat(refusal("192.0.2.1").news()).isNotNull();
    assertThat(refusal("192.0.2.1").news()).isNull();
    assertThat(refusal("192.0.2.2").news()).isNull();
    pass(Duration.ofMinutes(61));
    assertThat(refusal("192.0.2.1").news()).isNotNull();
  }

  @Test
  void theAdviceToNameProxiesIsForThoseWhoHaveNamedNone() {
    assertThat(newsOfARefusal(false))
        .isEqualTo(
            "Clients were refused because of perAddress. If they come through a proxy, name it in"
                + " listen.proxies; this is said once an hour");
    assertThat(newsOfARefusal(true))
        .isEqualTo("Clients were refused because of perAddress; this is said once an hour");
  }

  private String newsOfARefusal(boolean proxied) {
    AddressLimits one = new AddressLimits(config, proxied, new SecureRandom(), () -> now);
    ClientAddress address = parsed("192.0.2.1");
    Admission admission = one.admit(address);
    while (!(admission instanceof Admission.Refused refusal)) {
      admission = one.admit(address);
    }
    return String.valueOf(refusal.news());
  }
}
