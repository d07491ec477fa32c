package io.resolute.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressesTest {
  @Test
  void aShardHasAnAddressForItsRoomsAndOneForTheirKeys() {
    assertThat(Addresses.ofRoomShard(3)).isEqualTo("resolute.rooms.3");
    assertThat(Addresses.ofKeyShard(3)).isEqualTo("resolute.keys.3");
  }

  @Test
  void everyConnectionHasAnAddressOfItsOwn() {
    assertThat(Addresses.ofConnection(new ConnectionId("c1"))).isEqualTo("resolute.connections.c1");
    assertThat(new ConnectionId("c1")).hasToString("ConnectionId[hidden]");
  }
}
