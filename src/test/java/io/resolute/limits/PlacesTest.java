package io.resolute.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final Optional<ClientAddress> ANN = address(192, 0, 2, 1);
  private static final Optional<ClientAddress> BOB = address(192, 0, 2, 2);
  private static final Optional<ClientAddress> SELF = address(127, 0, 0, 1);
  private static final Optional<ClientAddress> PROXY = Optional.empty();

  private static Optional<ClientAddress> address(int... bytes) {
    byte[] raw = new byte[bytes.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    try {
      return Optional.of(ClientAddress.of(InetAddress.getByAddress(raw)));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anAddressHasSoManyAndMoreWhenItGivesSomeBack() {
    Places places = new Places(1000, 2);
    Places.Place first = places.take(ANN).orElseThrow();
    assertThat(places.take(ANN)).isPresent();
    assertThat(places.take(ANN)).isEmpty();
    assertThat(places.take(BOB)).isPresent();
    first.giveBack();
    assertThat(places.take(ANN)).isPresent();
    assertThat(places.take(ANN)).isEmpty();
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    Places places = new Places(1000, 2);
    Places.Place first = places.take(ANN).orElseThrow();
    assertThat(places.take(ANN)).isPresent();
    first.giveBack();
    first.giveBack();
    assertThat(places.take(ANN)).isPresent();
    assertThat(places.take(ANN)).isEmpty();
  }

  @Test
  void thisMachineAndProxiesHaveAllThatThereAre() {
    Places places = new Places(200, 2);
    List<Places.Place> taken = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      taken.add(places.take(SELF).orElseThrow());
      taken.add(places.take(PROXY).orElseThrow());
    }
    assertThat(places.take(SELF)).isEmpty();
    assertThat(places.take(PROXY)).isEmpty();
    assertThat(places.take(ANN)).isEmpty();
    taken.get(0).giveBack();
    assertThat(places.take(ANN)).isPresent();
    assertThat(places.take(BOB)).isEmpty();
  }

  @Test
  void aServerForFewClientsHasPlacesForABrowser() {
    Places places = new Places(1, 6);
    for (int i = 0; i < 6; i++) {
      assertThat(places.take(ANN)).isPresent();
    }
  }
}
