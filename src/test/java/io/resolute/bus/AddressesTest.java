package io.resolute.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AddressesTest {
  private static final int ROOMS = 64_000;

  private final RandomTokens random = new RandomTokens(new SecureRandom());

  @Test
  void theAddressOfARoomFollowsFromItsIdAlone() {
    RoomId room = new RoomId("AZaz09BYby18CXcx27DWdw36EVev45FU");
    // Known answers: a node of another version must compute the same.
    assertThat(Addresses.ofRoom(room)).isEqualTo("resolute.rooms.58");
    assertThat(Addresses.ofKeys(room)).isEqualTo("resolute.keys.58");
    assertThat(Addresses.ofRoom(new RoomId(room.value()))).isEqualTo(Addresses.ofRoom(room));
  }

  @Test
  void everyRoomIsInAShardThatThereIsAndShardsAreAboutEquallyFull() {
    Set<String> shards = new HashSet<>();
    IntStream.range(0, Addresses.SHARDS).mapToObj(Addresses::ofRoomShard).forEach(shards::add);
    assertThat(shards).hasSize(Addresses.SHARDS);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < ROOMS; i++) {
      counts.merge(Addresses.ofRoom(random.roomId()), 1, Integer::sum);
    }
    assertThat(counts.keySet()).isEqualTo(shards);
    assertThat(counts.values()).allMatch(count -> count > 750 && count < 1250);
  }

  @Test
  void aRoomAndItsKeysAreInTheSameShard() {
    for (int i = 0; i < 1000; i++) {
      RoomId room = random.roomId();
      String shard = Addresses.ofRoom(room).replace("resolute.rooms.", "");
      assertThat(Addresses.ofKeys(room)).isEqualTo("resolute.keys." + shard);
    }
  }

  static IntStream instances() {
    return IntStream.rangeClosed(1, Addresses.SHARDS);
  }

  @ParameterizedTest
  @MethodSource("instances")
  void everyShardIsServedOnceAndNoInstanceIsIdle(int instances) {
    List<Integer> served =
        IntStream.range(0, instances)
            .flatMap(index -> Addresses.shardsOf(index, instances))
            .sorted()
            .boxed()
            .toList();
    assertThat(served).isEqualTo(IntStream.range(0, Addresses.SHARDS).boxed().toList());
    assertThat(IntStream.range(0, instances))
        .allMatch(index -> Addresses.shardsOf(index, instances).findAny().isPresent());
  }

  @Test
  void everyConnectionHasAnAddressOfItsOwn() {
    assertThat(Addresses.ofConnection(new ConnectionId("c1"))).isEqualTo("resolute.connections.c1");
    assertThat(new ConnectionId("c1")).hasToString("ConnectionId[hidden]");
  }
}
