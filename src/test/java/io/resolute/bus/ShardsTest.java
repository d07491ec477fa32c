package io.resolute.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {
  private static final int ROOMS_A_SHARD = 1000;

  private final RandomTokens random = new RandomTokens(new SecureRandom());

  @Test
  void theShardOfARoomFollowsFromItsIdAndTheirNumberAlone() {
    RoomId room = new RoomId("AZaz09BYby18CXcx27DWdw36EVev45FU");
    // Known answers: who counts as many shards must compute the same.
    assertThat(new Shards(64).of(room)).isEqualTo(58);
    assertThat(new Shards(64).addressOf(room)).isEqualTo("resolute.rooms.58");
    assertThat(new Shards(1).addressOf(room)).isEqualTo("resolute.rooms.0");
    assertThat(new Shards(64).addressOf(new RoomId(room.value()))).isEqualTo("resolute.rooms.58");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 8, 64})
  void allAreAboutEquallyFull(int count) {
    Shards shards = new Shards(count);
    int[] rooms = new int[count];
    for (int i = 0; i < count * ROOMS_A_SHARD; i++) {
      rooms[shards.of(random.roomId())]++;
    }
    for (int full : rooms) {
      assertThat(full).isBetween(750, 1250);
    }
  }

  @Test
  void thereIsOneAtLeast() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Shards(0));
  }
}
